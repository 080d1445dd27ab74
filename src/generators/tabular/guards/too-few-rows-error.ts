/** A source of so few rows that any leaf would speak of nearly all of them. */
export class TooFewRowsError extends Error {
  constructor(
    readonly rows: number,
    readonly rowsMin: number,
  ) {
    super(`There are ${rows} rows; nothing is learned from fewer than ${rowsMin}.`);
    this.name = 'TooFewRowsError';
  }
}
