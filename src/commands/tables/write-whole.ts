import { createWriteStream, existsSync } from 'node:fs';
import { link, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StartRefused } from '../start-refused.js';

/** Before long work. @throws {StartRefused} */
export function refuseExisting(path: string): void {
  if (existsSync(path)) throw new StartRefused(`${path} is there already; name another file with --out.`);
}

/** The file appears under its name only when it is complete, and takes no other file's place. */
export async function writeWhole(
  path: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await pipeline(Readable.from(chunks), createWriteStream(partial), { signal });
    await link(partial, path); // Unlike a renaming, it fails where a file is.
  } finally {
    await rm(partial, { force: true });
  }
}
