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

/** @throws {UnknownColumnError} on the first name that is not among the known ones */
export function requireColumns(names: Iterable<string>, known: readonly string[]): void {
  for (const name of names) if (!known.includes(name)) throw new UnknownColumnError(name, known);
}
