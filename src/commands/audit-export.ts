import { existsSync } from 'node:fs';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HeadsPlace } from '../modules/audit/heads-place.js';
import { toLinkLine } from '../modules/audit/link-line.js';
import { linksInDatabase } from '../modules/audit/links-in-database.js';
import type { AuditLink } from '../modules/audit/audit.chain.js';
import { readBytes } from './audit-key-file.js';
import { withSnapshot } from './audit-database.js';
import type { CommandContext } from './command.js';
import { StartRefused } from './start-refused.js';

/** Writes the chain to a file, one event a line, and the heads of the same moment to another when asked. */
export async function exportChain(
  { loadConfig, print }: CommandContext,
  { file, headsFile }: { readonly file: string; readonly headsFile: string | undefined },
): Promise<number> {
  for (const one of [file, headsFile]) {
    if (one !== undefined && existsSync(one)) throw new StartRefused(`${one} exists; it is not overwritten.`);
  }
  const config = loadConfig();
  const place = new HeadsPlace(config.home);
  const readHeadBytes = (): Promise<Buffer> => readBytes(place.file);
  const events = await withSnapshot(config, readHeadBytes, async (client, heads) => {
    if (headsFile !== undefined) await writeFile(headsFile, heads, { flag: 'wx' });
    return writeLinks(file, linksInDatabase(client));
  });
  print(`${file}: ${events} events.`);
  if (headsFile !== undefined) print(`${headsFile}: the signed heads.`);
  return 0;
}

/** Under another name until it is whole. */
async function writeLinks(file: string, links: AsyncIterable<AuditLink>): Promise<number> {
  const unfinished = `${file}.unfinished`;
  let events = 0;
  async function* lines(): AsyncGenerator<string> {
    for await (const link of links) {
      events += 1;
      yield `${toLinkLine(link)}\n`;
    }
  }
  const handle = await open(unfinished, 'w', 0o600);
  try {
    await pipeline(Readable.from(lines()), handle.createWriteStream({ flush: true }));
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return events;
}
