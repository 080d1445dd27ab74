import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

/**
 * Unpacks a zip archive into a folder that is there.
 * @throws {Error} when it is no archive, or a name in it leads out of the folder; files may be there then
 */
export async function unzip(archive: string, folder: string): Promise<void> {
  const opened = await openPromise(archive, { lazyEntries: true, autoClose: false });
  try {
    for await (const entry of opened.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      const target = join(folder, entry.fileName);
      await mkdir(dirname(target), { recursive: true });
      await pipeline(await opened.openReadStreamPromise(entry), createWriteStream(target, { flags: 'wx' }));
    }
  } finally {
    opened.close();
  }
}
