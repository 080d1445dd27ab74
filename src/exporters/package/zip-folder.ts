import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { ZipFile } from 'yazl';

/** The first moment that a zip archive can name: equal files are to give equal archives. */
const epoch = new Date(1980, 0, 1);

/**
 * A folder as one zip archive (PKWARE APPNOTE), streamed, its files in the order of their names. Files are stored as
 * they are: what a compressor gives depends on its version, and equal releases are to be equal bytes.
 * @param only a folder in it that the others are left out for; its name stays in those of its files
 */
export async function zipFolder(folder: string, only = '.'): Promise<AsyncIterable<Uint8Array>> {
  const entries = await readdir(join(folder, only), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const archive = new ZipFile();
  for (const file of files.sort()) {
    const name = relative(folder, file).split(sep).join('/');
    archive.addFile(file, name, { compress: false, mtime: epoch, forceDosTimestamp: true, mode: 0o100644 });
  }
  archive.end();
  return archive.outputStream as unknown as AsyncIterable<Uint8Array>;
}
