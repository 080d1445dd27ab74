import type { ColumnProfile } from '../../../core/profile/profile.js';
import { categoryLines } from './category-lines.js';
import type { ColumnStatement } from './line-builder.js';
import { LineBuilder } from './line-builder.js';
import { numericLine } from './numeric-line.js';
import type { NamedLine } from './population-model.js';
import type { PublishedStatistics } from './published-statistics.js';

export interface ColumnLines {
  readonly lines: readonly NamedLine[];
  /** Lines that tell more of some publications, and less of the last one. */
  readonly partial: readonly NamedLine[];
  /** Columns that publications describe in ways that cannot be put on one line, and which these are. */
  readonly unlike: readonly { readonly column: string; readonly sources: readonly number[] }[];
}

/** The lines of all columns that any of the publications names; sources are numbered as `publications` are. */
export function columnLines(publications: readonly PublishedStatistics[]): ColumnLines {
  const lines: NamedLine[] = [];
  const partial: NamedLine[] = [];
  const unlike: { column: string; sources: readonly number[] }[] = [];
  for (const [name, statements] of statementsByColumn(publications)) {
    const described = statements.filter(({ column }) => scaleOf(column) !== null);
    // The last publication is the one to judge: what is unlike it is compared by a person.
    const scale = described.at(-1) && scaleOf(described.at(-1)?.column);
    const alike = statements.filter(({ column }) => scaleOf(column) === null || scaleOf(column) === scale);
    const others = statements.filter((statement) => !alike.includes(statement));
    if (others.length > 0) unlike.push({ column: name, sources: statements.map(({ source }) => source) });
    const found = linesOf(alike, scale ?? null);
    for (const line of found.lines) lines.push({ column: name, line });
    for (const line of found.partial) partial.push({ column: name, line });
  }
  return { lines, partial, unlike };
}

function linesOf(
  statements: readonly ColumnStatement[],
  scale: Scale | null,
): ReturnType<typeof categoryLines> {
  if (scale === 'categories') return categoryLines(statements);
  if (scale !== null) return { lines: [numericLine(statements)], partial: [] };
  const builder = new LineBuilder([{ kind: 'unnamed' }]);
  for (const statement of statements) builder.addPresence(statement);
  return { lines: [builder.build()], partial: [] };
}

function statementsByColumn(publications: readonly PublishedStatistics[]): Map<string, ColumnStatement[]> {
  const byColumn = new Map<string, ColumnStatement[]>();
  for (const [source, statistics] of publications.entries()) {
    for (const column of statistics.columns) {
      const statements = byColumn.get(column.name) ?? [];
      statements.push({ source, statistics, column });
      byColumn.set(column.name, statements);
    }
  }
  return byColumn;
}

/** Edges of one scale compare as numbers; days and milliseconds do not. */
type Scale = 'numbers' | 'days' | 'milliseconds' | 'categories';

function scaleOf(column: ColumnProfile | undefined): Scale | null {
  if (column === undefined || column.kind === 'withheld') return null;
  if (column.kind === 'categorical') return 'categories';
  if (column.type === 'date') return 'days';
  return column.type === 'datetime' ? 'milliseconds' : 'numbers';
}
