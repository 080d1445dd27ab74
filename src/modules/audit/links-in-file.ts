import { parseLinkLine } from './link-line.js';
import { readLines } from './read-lines.js';
import type { ReadLink } from './verify-chain.js';

/** The chain as an export says it; a line that no export would hold comes as null. */
export async function* linksInFile(file: string): AsyncGenerator<ReadLink> {
  for await (const { text, isEnded } of readLines(file)) {
    yield text !== null && isEnded ? parseLinkLine(text) : null;
  }
}
