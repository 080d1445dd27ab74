/** A column was named that the table does not have. */
export class UnknownColumnError extends Error {
  constructor(
    readonly column: string,
    readonly known: readonly string[],
  ) {
    super(`There is no column "${column}". The columns are: ${known.join(', ')}.`);
    this.name = 'UnknownColumnError';
  }
}
