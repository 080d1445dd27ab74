/** What a column means, not how it is stored. */
export const semanticTypes = [
  'number',
  'integer',
  'category',
  'boolean',
  'date',
  'datetime',
  'identifier',
  'free-text',
] as const;
export type SemanticType = (typeof semanticTypes)[number];

/** One column as the custodian confirmed it. `missingMarkers` are the cell texts that mean "not known". */
export interface ColumnSchema {
  readonly name: string;
  readonly type: SemanticType;
  readonly missingMarkers: readonly string[];
}

/** The columns of one table, in file order. Names are unique. */
export interface TableSchema {
  readonly columns: readonly ColumnSchema[];
}

/** Identifiers and free text are never summarised and never generated from data. */
export function isReleasable(column: ColumnSchema): boolean {
  return column.type !== 'identifier' && column.type !== 'free-text';
}
