import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryName } from './temporary-name.js';

/** A folder below the data folder for what is in the making; it is removed afterwards, and when its maker has died. */
export async function withScratchFolder<Result>(
  home: string,
  name: string,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = join(home, 'scratch', temporaryName(name));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
