import type { NumericProfile } from '../../../core/profile/profile.js';
import { presentStart } from './count-line.js';
import type { CountLine, LineCell } from './count-line.js';
import { LineBuilder } from './line-builder.js';
import type { ColumnStatement } from './line-builder.js';

/**
 * The line of a numeric column: its borders are the inner edges of all histograms. The outermost edges are none, since
 * a histogram counts what lies beyond them in its outer bins.
 */
export function numericLine(statements: readonly ColumnStatement[]): CountLine {
  const numeric = statements.flatMap(({ column }) => (column.kind === 'numeric' ? [column] : []));
  const edges = [...new Set(numeric.flatMap(innerEdges))].sort((a, b) => a - b);
  const cells = [-Infinity, ...edges].map((from, at): LineCell => ({
    kind: 'range',
    from,
    to: edges[at] ?? Infinity,
  }));
  const borderOf = new Map(edges.map((edge, at) => [edge, presentStart + 1 + at]));
  const builder = new LineBuilder(cells);
  for (const statement of statements) {
    builder.addPresence(statement);
    if (statement.column.kind === 'numeric') addBins(builder, borderOf, statement.column, statement);
  }
  return builder.build();
}

function addBins(
  builder: LineBuilder,
  borderOf: ReadonlyMap<number, number>,
  { edges, counts }: NumericProfile,
  statement: ColumnStatement,
): void {
  for (const [bin, count] of counts.entries()) {
    const from = bin === 0 ? presentStart : borderOf.get(edges[bin] ?? NaN);
    const to = bin === counts.length - 1 ? builder.end : borderOf.get(edges[bin + 1] ?? NaN);
    if (from !== undefined && to !== undefined) builder.addCount({ from, to }, count, statement);
  }
}

function innerEdges({ edges, counts }: NumericProfile): readonly number[] {
  return edges.slice(1, counts.length);
}
