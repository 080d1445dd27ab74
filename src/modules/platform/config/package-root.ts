import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the program: from `src/` in tests and from `dist/src/` when built, the same folder. */
export function packageRoot(): string {
  let directory = path.dirname(fileURLToPath(import.meta.url));
  while (!['package.json', 'policies'].every((name) => existsSync(path.join(directory, name)))) {
    const parent = path.dirname(directory);
    if (parent === directory)
      throw new Error('picketfence: no folder with package.json and policies/ above the program');
    directory = parent;
  }
  return directory;
}
