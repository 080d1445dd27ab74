import type { SemanticType } from '../schema/schema.js';

export interface NonconformingPlace {
  readonly column: string;
  /** Line of the file when no cell holds a line break: the header is line 1, the first row line 2. */
  readonly line: number;
  readonly type: SemanticType;
}

/** A cell is not of the type that was confirmed for its column. The value itself is never in the message. */
export class NonconformingValueError extends Error {
  readonly column: string;
  readonly line: number;
  readonly type: SemanticType;

  constructor({ column, line, type }: NonconformingPlace) {
    super(
      `Column "${column}", line ${line}: the cell is not of type ${type}. ` +
        'Correct the cell, name it as a missing marker, or confirm another type for the column.',
    );
    this.name = 'NonconformingValueError';
    this.column = column;
    this.line = line;
    this.type = type;
  }
}
