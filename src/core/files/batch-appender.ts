import { DuckDBDataChunk } from '@duckdb/node-api';
import type { DuckDBAppender, DuckDBType, DuckDBVector } from '@duckdb/node-api';

/** Rows that one batch holds at most: the length of an engine's vector. */
export const batchRowsMax = 2048;

/** Appends rows to a table in batches of column vectors; `close` it, or the last rows stay behind. */
export class BatchAppender {
  readonly #appender: DuckDBAppender;
  /** One for all batches: what a chunk holds lies outside the heap, where no collector would see it grow. */
  readonly #chunk: DuckDBDataChunk;

  constructor(appender: DuckDBAppender, types: readonly DuckDBType[]) {
    this.#appender = appender;
    this.#chunk = DuckDBDataChunk.create(types, batchRowsMax);
  }

  /** Calls `fill` for each column; it sets every one of `rowCount` items (1 to `batchRowsMax`), null where missing. */
  append(rowCount: number, fill: (vector: DuckDBVector, place: number) => void): void {
    this.#chunk.reset();
    this.#chunk.rowCount = rowCount;
    for (let place = 0; place < this.#chunk.columnCount; place += 1) {
      const vector = this.#chunk.getColumnVector(place);
      fill(vector, place);
      vector.flush();
    }
    this.#appender.appendDataChunk(this.#chunk);
  }

  close(): void {
    this.#appender.closeSync();
  }
}
