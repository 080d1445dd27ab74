import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileBytesMax, isReadable, type LintFile } from './read-file.js';

const filesMax = 1000;

/**
 * The files of a folder, not of the folders in it; those come with an empty name ending, so that they are reported as
 * unchecked. Of a file that is too large just enough is read to see that it is.
 * @throws when the folder cannot be read or has more files than somebody could review
 */
export async function readLintDirectory(directory: string): Promise<LintFile[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  if (entries.length > filesMax) throw new RangeError(`There are more than ${filesMax} files in it.`);
  const files: LintFile[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    // A link may lead out of the folder; it is named and not followed.
    const name = entry.isFile() ? entry.name : `${entry.name}/`;
    const bytes = isReadable(name) ? await firstBytes(join(directory, name)) : new Uint8Array();
    files.push({ name, bytes });
  }
  return files;
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const bytes = new Uint8Array(fileBytesMax + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length);
      length += bytesRead;
      if (bytesRead === 0 || length === bytes.length) return bytes.slice(0, length);
    }
  } finally {
    await file.close();
  }
}
