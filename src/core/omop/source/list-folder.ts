import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The files of a folder and of its `public`; no other folder in it is looked into, `private` least of all. */
export async function listOmopFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const paths: string[] = [];
  for (const entry of entries) {
    if (!entry.isDirectory()) paths.push(entry.name);
    else if (entry.name.toLowerCase() === 'public')
      paths.push(...(await readdir(join(folder, entry.name))).map((name) => `${entry.name}/${name}`));
  }
  return paths;
}
