import { open } from 'node:fs/promises';

/**
 * Writes a new file that outlives a power cut. When this rejects, the file is closed and is not created any more: a
 * stream may still be opening it, so that it appears after it has been removed.
 */
export async function writeSynced(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
  mode: number,
): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    for await (const chunk of bytes) await file.writeFile(chunk); // Goes on where the last one ended.
    await file.sync();
  } finally {
    await file.close();
  }
}
