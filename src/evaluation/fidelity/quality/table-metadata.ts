/** What the columns of a table are for; their types are in the table itself. */
export interface TableMetadata {
  /** Several columns make a composite key. */
  readonly primaryKey?: readonly string[];
  readonly alternateKeys?: readonly (readonly string[])[];
  /** Orders the rows of a sequence; its boundaries are not judged. */
  readonly sequenceIndex?: string;
  /** Tells which rows are one sequence. */
  readonly sequenceKey?: string;
}

/** A child row names its parent row by the parent's key. */
export interface Relationship {
  readonly parent: string;
  readonly parentKey: string;
  readonly child: string;
  readonly foreignKey: string;
}
