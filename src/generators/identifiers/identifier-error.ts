/** An identifier column that cannot get new values as declared. */
export class IdentifierError extends Error {
  constructor(
    readonly column: string,
    readonly problem: string,
  ) {
    super(`Column "${column}" cannot get new values: ${problem}.`);
    this.name = 'IdentifierError';
  }
}
