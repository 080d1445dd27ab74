/** A record that cannot be written: which row of which table, which field, and what is wrong with it. */
export class OmopRowError extends Error {
  constructor(
    readonly table: string,
    /** From 1, in the order of writing. */
    readonly row: number,
    readonly field: string,
    readonly problem: string,
  ) {
    super(`OMOP table "${table}", row ${row}, field "${field}": ${problem}.`);
    this.name = 'OmopRowError';
  }
}

/** What is wrong with one cell; the table that the row is for adds where it is. */
export class CellProblem extends Error {
  constructor(
    readonly field: string,
    readonly problem: string,
  ) {
    super(`${field}: ${problem}`);
    this.name = 'CellProblem';
  }
}
