/** The table has a shape that the rules do not cover. It is refused, never waved through. */
export class UnsupportedTableError extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'UnsupportedTableError';
  }
}
