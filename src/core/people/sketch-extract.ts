import type { DuckDb } from '../files/duckdb.js';
import { distinctTexts, rowContents } from '../files/row-contents.js';
import type { PeopleKey } from './people-key.js';
import { type PeopleSketch, SketchBuilder } from './people-sketch.js';

/** What to sketch: every row by all columns, and each of `identifiers` by its cells. */
export interface SketchedColumns {
  readonly all: readonly string[];
  readonly identifiers: readonly { readonly name: string; readonly missingMarkers: readonly string[] }[];
}

export interface ExtractSketches {
  readonly rows: PeopleSketch;
  readonly columns: ReadonlyMap<string, PeopleSketch>;
}

/** @param parquetPath a Parquet file of text cells @throws the reason of the signal, when aborted */
export async function sketchExtract(
  { db, parquetPath }: { readonly db: DuckDb; readonly parquetPath: string },
  { all, identifiers }: SketchedColumns,
  { key, signal }: { readonly key: PeopleKey; readonly signal?: AbortSignal },
): Promise<ExtractSketches> {
  const rows = await sketchOf(rowContents(db, parquetPath, all), (text) => key.ofRow(text), signal);
  const columns = new Map<string, PeopleSketch>();
  for (const { name, missingMarkers } of identifiers) {
    const hash = (text: string): number | null =>
      missingMarkers.includes(text) ? null : key.ofSubject(text);
    columns.set(name, await sketchOf(distinctTexts(db, parquetPath, name), hash, signal));
  }
  return { rows, columns };
}

async function sketchOf(
  texts: AsyncIterable<string>,
  hashOf: (text: string) => number | null,
  signal?: AbortSignal,
): Promise<PeopleSketch> {
  const builder = new SketchBuilder();
  for await (const text of texts) {
    signal?.throwIfAborted();
    const hash = hashOf(text);
    if (hash !== null) builder.add(hash);
  }
  return builder.finish();
}
