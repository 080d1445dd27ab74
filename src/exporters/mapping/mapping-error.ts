/** A mapping file that cannot be followed; every fault names file, line and path. */
export class MappingError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'MappingError';
  }
}

/** Where in the tables something is; rows count from 1 and the heading is none. */
export interface CellPlace {
  readonly table: string;
  readonly row: number;
  readonly column?: string;
}

/** A row that cannot become what the mapping says. The cell itself is never in the message. */
export class MappedRowError extends Error {
  constructor(
    readonly place: CellPlace,
    problem: string,
  ) {
    const { table, row, column } = place;
    const field = column === undefined ? '' : `, column "${column}"`;
    super(`Table "${table}", row ${row}${field}: ${problem}`);
    this.name = 'MappedRowError';
  }
}
