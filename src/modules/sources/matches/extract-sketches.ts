import { Inject, Injectable } from '@nestjs/common';
import { PeopleKey } from '../../../core/people/people-key.js';
import type { PeopleSketch } from '../../../core/people/people-sketch.js';
import { sketchExtract, type SketchedColumns } from '../../../core/people/sketch-extract.js';
import { CONFIG, type Config, KeyFile, SketchFolder } from '../../platform/index.js';
import type { OpenExtract } from '../extract-files.js';

/** Which sketch of an extract: of its rows, or of the cells of a column. */
export type SketchName = null | { readonly column: string };

const nameOf = (name: SketchName): string => (name === null ? 'rows' : `column ${name.column}`);

/** Keyed sketches of extracts. They are made and read in the real zone; only how much two have in common leaves it. */
@Injectable()
export class ExtractSketches {
  private readonly file: KeyFile;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly folder: SketchFolder,
  ) {
    this.file = new KeyFile(config.home, 'people-key');
  }

  /** Made with the first extract. Whoever has it can tell whether a person they know of is in an extract. */
  async key(): Promise<PeopleKey> {
    await this.file.ensure();
    return new PeopleKey(await this.file.read());
  }

  /** Afterwards the sketches of the extract are there, made with the key of today. */
  async make(
    contentHash: string,
    columns: SketchedColumns,
    { extract, signal }: { readonly extract: OpenExtract; readonly signal?: AbortSignal },
  ): Promise<void> {
    const key = await this.key();
    const sketches = await sketchExtract(extract, columns, { key, ...(signal && { signal }) });
    const named = new Map([[nameOf(null), bytesOf(sketches.rows)]]);
    for (const [column, sketch] of sketches.columns) named.set(nameOf({ column }), bytesOf(sketch));
    await this.folder.put(contentHash, key.fingerprint, named);
  }

  /** The columns that there is a sketch of; null when there is none, or none of today's key. */
  async columnsOf(contentHash: string): Promise<string[] | null> {
    const list = await this.folder.list(contentHash);
    if (list?.fingerprint !== (await this.key()).fingerprint) return null;
    return list.names.filter((name) => name !== nameOf(null)).map((name) => name.slice('column '.length));
  }

  /** @throws when there is none */
  async read(contentHash: string, name: SketchName): Promise<PeopleSketch> {
    const list = await this.folder.list(contentHash);
    return sketchOf(await this.folder.read(contentHash, list?.names.indexOf(nameOf(name)) ?? -1));
  }
}

/** One double says whether it is whole, then come the hashes. */
function bytesOf({ hashes, isWhole }: PeopleSketch): Uint8Array {
  const all = new Float64Array(hashes.length + 1);
  all[0] = isWhole ? 1 : 0;
  all.set(hashes, 1);
  return new Uint8Array(all.buffer);
}

function sketchOf(bytes: Uint8Array): PeopleSketch {
  const all = new Float64Array(Uint8Array.from(bytes).buffer);
  return { isWhole: all[0] === 1, hashes: all.subarray(1) };
}
