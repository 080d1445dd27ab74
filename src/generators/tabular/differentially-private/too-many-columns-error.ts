/** A method whose work grows with the pairs or triples of columns was given more columns than it can look at. */
export class TooManyColumnsError extends Error {
  constructor(
    readonly columns: number,
    readonly columnsMax: number,
  ) {
    super(`There are ${columns} columns; this method looks at ${columnsMax} at most.`);
    this.name = 'TooManyColumnsError';
  }
}
