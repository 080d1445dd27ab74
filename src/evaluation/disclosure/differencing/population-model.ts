import type { CountConstraint, CountLine } from './count-line.js';
import { feasibleBorders } from './feasible-borders.js';
import { LineSolver } from './line-solver.js';
import type { Admitted, Bound } from './line-solver.js';

/** One line of one column; a category column may need several (see `categoryLines`). */
export interface NamedLine {
  readonly column: string;
  readonly line: CountLine;
}

interface SolvedLine extends NamedLine {
  /** Null when what is published of the column contradicts itself. */
  readonly borders: readonly number[] | null;
}

/** A line with what the other columns tell of the number of rows; the solver is null where they contradict. */
export interface ModelledLine extends NamedLine {
  readonly solver: LineSolver | null;
}

/**
 * Everything published about one population, as solvable lines. All columns have the same rows, so what one column
 * tells of their number counts for the others. As each line is exact on its own and they share that number alone,
 * taking the narrowest range of it makes the whole exact.
 *
 * @param partial lines that only narrow the number of rows
 * @param groups sets of publications whose bounds will be asked for; the first is all of the population
 */
export function modelPopulation(
  { lines, partial }: { readonly lines: readonly NamedLine[]; readonly partial: readonly NamedLine[] },
  groups: readonly (readonly number[])[],
): ModelledLine[] {
  const everyone = new Set(groups[0]);
  const own = [...lines, ...partial].map(({ column, line }): NamedLine => {
    const constraints = line.constraints.filter(({ sources }) => sources.every((one) => everyone.has(one)));
    return { column, line: { cells: line.cells, constraints } };
  });
  const solved = own.map((one): SolvedLine => ({
    ...one,
    borders: feasibleBorders(one.line.cells.length, one.line.constraints),
  }));
  const rows = groups.flatMap((group) => rowConstraints(solved, new Set(group)));
  return solved.slice(0, lines.length).map((one) => withRows(one, rows));
}

function withRows({ column, line, borders }: SolvedLine, rows: readonly RowBounds[]): ModelledLine {
  const added = rows.map((row): CountConstraint => ({ ...row, from: 0, to: line.cells.length }));
  const constraints = [...line.constraints, ...added];
  const settled = borders && feasibleBorders(line.cells.length, constraints, borders);
  return {
    column,
    line: { cells: line.cells, constraints },
    solver: settled && new LineSolver(settled, constraints),
  };
}

type RowBounds = Pick<CountConstraint, 'atLeast' | 'atMost' | 'sources'>;

/** The least and the most rows that a group of publications leaves possible, each with who says so. */
function rowConstraints(solved: readonly SolvedLine[], group: ReadonlySet<number>): RowBounds[] {
  let most: Bound | null = null;
  let least: Bound | null = null;
  for (const { line, borders } of solved) {
    if (borders === null) continue;
    const admitted: Admitted = (source) => group.has(source);
    const rows = { from: 0, to: line.cells.length };
    const direct = line.constraints.filter(
      ({ from, to, sources }) => from === rows.from && to === rows.to && sources.every(admitted),
    );
    if (direct.length === 0) continue;
    const solver = new LineSolver(borders, line.constraints);
    const upper = solver.atMost(rows, Math.min(...direct.map(({ atMost }) => atMost)), admitted);
    const lower = solver.atLeast(rows, Math.max(...direct.map(({ atLeast }) => atLeast)), admitted);
    if (upper !== null && upper.value < (most?.value ?? Infinity)) most = upper;
    if (lower.value > (least?.value ?? -Infinity)) least = lower;
  }
  return [
    ...(most === null ? [] : [{ atLeast: 0, atMost: most.value, sources: most.sources }]),
    ...(least === null ? [] : [{ atLeast: least.value, atMost: Infinity, sources: least.sources }]),
  ];
}
