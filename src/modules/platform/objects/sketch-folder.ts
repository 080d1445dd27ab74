import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryName } from './temporary-name.js';

/** The list of what there is of one object, by name. */
const listName = 'list.json';

export interface SketchList {
  /** Of the key that the sketches were made with. */
  readonly fingerprint: string;
  readonly names: readonly string[];
}

/**
 * Sketches of the objects of the real zone, in that zone: what no row can be made from, and nobody outside of it reads.
 * An object's sketches are there together, or not at all.
 */
export class SketchFolder {
  constructor(private readonly directory: string) {}

  /** Replaces what there was of the object. */
  async put(key: string, fingerprint: string, sketches: ReadonlyMap<string, Uint8Array>): Promise<void> {
    const [making, place] = [join(this.directory, temporaryName(key)), this.placeOf(key)];
    await mkdir(making, { recursive: true, mode: 0o700 });
    try {
      const names = [...sketches.keys()];
      for (const [index, bytes] of [...sketches.values()].entries())
        await writeFile(join(making, String(index)), bytes, { mode: 0o600 });
      await writeFile(join(making, listName), JSON.stringify({ fingerprint, names }), { mode: 0o600 });
      await rm(place, { recursive: true, force: true });
      await rename(making, place);
    } finally {
      await rm(making, { recursive: true, force: true });
    }
  }

  /** Null when the object has none. */
  async list(key: string): Promise<SketchList | null> {
    const text = await readFile(join(this.placeOf(key), listName), 'utf8').catch(() => null);
    return text === null ? null : (JSON.parse(text) as SketchList);
  }

  /** @param index in the list of names */
  read(key: string, index: number): Promise<Uint8Array> {
    return readFile(join(this.placeOf(key), String(index)));
  }

  private placeOf(key: string): string {
    return join(this.directory, key);
  }
}
