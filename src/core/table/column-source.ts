import type { Column } from './table.js';

/** A table read one column at a time, so that comparing a large source never holds all of it. */
export interface ColumnSource {
  readonly rowCount: number;
  readonly columnNames: readonly string[];
  /** @throws {UnknownColumnError} when the table has no such column. */
  column(name: string): Promise<Column>;
}
