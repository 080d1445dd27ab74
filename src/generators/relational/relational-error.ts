/** Where in a set of tables something does not hold; rows are counted from 1, without the heading. */
interface Place {
  readonly table: string;
  readonly columns?: readonly string[];
  readonly row?: number;
}

/** Tables that do not fit together as their relations say. */
export class RelationalError extends Error {
  readonly table: string;
  readonly columns: readonly string[];
  readonly row: number | null;

  constructor({ table, columns = [], row }: Place, problem: string) {
    const names = columns.map((column) => `"${column}"`).join(', ');
    const column = columns.length === 0 ? '' : `, column ${names}`;
    super(`Table "${table}"${column}${row === undefined ? '' : `, row ${row}`}: ${problem}`);
    this.name = 'RelationalError';
    this.table = table;
    this.columns = columns;
    this.row = row ?? null;
  }
}
