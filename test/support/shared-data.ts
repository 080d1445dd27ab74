import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where the shared reference data lies: PICKETFENCE_SHARED, or `shared` beside the repository. */
function sharedFolder(): string {
  return process.env['PICKETFENCE_SHARED'] ?? resolve(import.meta.dirname, '../../../shared');
}

/** Absolute path of a file or folder below `data/` of the shared folder; null when it is not on this machine. */
function sharedData(path: string): string | null {
  const found = resolve(sharedFolder(), 'data', path);
  return existsSync(found) ? found : null;
}

/** Runs `define` with the path where the data is there; elsewhere reports one skipped test that says what is missing. */
export function describeWithShared(name: string, path: string, define: (path: string) => void): void {
  const found = sharedData(path);
  describe(name, () => {
    if (found !== null) {
      define(found);
      return;
    }
    console.warn(
      `SKIPPED "${name}": no shared data at ${path}. Set PICKETFENCE_SHARED to the shared folder.`,
    );
    it.skip(`needs the shared data ${path}`, () => undefined);
  });
}
