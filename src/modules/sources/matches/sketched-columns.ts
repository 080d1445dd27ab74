import type { SketchedColumns } from '../../../core/people/sketch-extract.js';
import type { SemanticType } from '../../../core/schema/schema.js';

/** What tells nobody apart. */
const unsketched: readonly SemanticType[] = ['boolean', 'date', 'datetime'];

interface Proposed {
  readonly name: string;
  readonly type: SemanticType;
  readonly missingMarkers: readonly string[];
}

/** Can a column that looks like this be held against others, so that it may be the subject's? */
export const isSketched = (type: SemanticType): boolean => !unsketched.includes(type);

/** Whatever may be confirmed as an identifier later is sketched before. */
export function sketchedColumns(
  all: readonly string[],
  proposal: readonly Proposed[],
  confirmed: readonly string[],
): SketchedColumns {
  const identifiers = proposal.filter(({ name, type }) => isSketched(type) || confirmed.includes(name));
  return { all, identifiers };
}

interface Confirmed {
  readonly columns: readonly { readonly name: string; readonly type: SemanticType }[];
  readonly subjectColumn: string | null;
}

/** The columns of a source that may name people. */
export const identifiersOf = ({ columns, subjectColumn }: Confirmed): string[] =>
  columns.filter(({ name, type }) => type === 'identifier' || name === subjectColumn).map(({ name }) => name);
