import { cellWords, rangeOfPeople } from '../differencing/cell-words.js';
import { columnLines } from '../differencing/column-lines.js';
import { presentStart } from '../differencing/count-line.js';
import type { LineCell, Stretch } from '../differencing/count-line.js';
import type { LineSolver } from '../differencing/line-solver.js';
import { modelPopulation } from '../differencing/population-model.js';
import type { PublishedStatistics } from '../differencing/published-statistics.js';
import type { DisclosureFinding } from './disclosure-finding.js';

/**
 * Counts that the profile suppresses and its other figures give away: solved for, like those of a table's margins.
 * Given away to the exact number is a fail; narrowed below what the suppression itself says, a person looks at it.
 */
export function derivableFindings(statistics: PublishedStatistics): DisclosureFinding[] {
  return modelPopulation(columnLines([statistics]), [[0]]).flatMap(({ column, line, solver }) => {
    const profile = statistics.columns.find(({ name }) => name === column);
    if (profile === undefined) return [];
    if (solver === null) return [contradiction(column)];
    const missing = { from: 0, to: presentStart, cell: { kind: 'missing' }, said: 1 } as const;
    const present = {
      from: presentStart,
      to: line.cells.length,
      cell: { kind: 'present' },
      said: 0,
    } as const;
    if (profile.missingCount === null) return derivable(column, solver, missing, statistics);
    return profile.count === 0 ? derivable(column, solver, present, statistics) : [];
  });
}

/** `said` is the least that the suppression itself lets be known. */
function derivable(
  column: string,
  solver: LineSolver,
  suppressed: Stretch & { readonly cell: LineCell; readonly said: number },
  { rounding }: PublishedStatistics,
): DisclosureFinding[] {
  const few = rounding.cellCountMin - 1;
  const atMost = solver.atMost(suppressed, few)?.value ?? few;
  const atLeast = solver.atLeast(suppressed, 1).value;
  if (atMost === 0 || (atMost === few && atLeast <= suppressed.said)) return [];
  const figure = suppressed.cell.kind;
  const range = rangeOfPeople(atLeast, atMost);
  const why = `${cellWords(column, suppressed.cell, 'category')} is suppressed, but the other counts leave only ${range}.`;
  const status = atLeast === atMost ? 'fail' : 'review';
  return [{ rule: 'derivable-count', status, column, figure, publications: [], why }];
}

function contradiction(column: string): DisclosureFinding {
  const why = `The counts of ${column} contradict each other or the number of rows, so nothing can be proved of them.`;
  return { rule: 'derivable-count', status: 'fail', column, figure: null, publications: [], why };
}
