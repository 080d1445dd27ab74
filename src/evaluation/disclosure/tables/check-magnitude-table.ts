import { percentText, plural } from '../../figure.js';
import { cellName, cellsOf, membersOf } from './table-for-release.js';
import type { CellRef, MagnitudeCell, MagnitudeTable } from './table-for-release.js';
import type { TableFinding, TableRuleName } from './table-finding.js';
import type { TableRules } from './table-rules.js';

/** Minimum count, (n,k) dominance and p-ratio of every cell and every total. */
export function checkMagnitudeTable(table: MagnitudeTable, rules: TableRules): TableFinding[] {
  return cellsOf(table).flatMap((place) => {
    const members = membersOf(table.cells, place);
    const judge = new CellJudge(place, cellName(table, place), addCells(members), rules);
    return judge.findings(members.every((cell) => isComplete(cell, rules)));
  });
}

function addCells(cells: readonly MagnitudeCell[]): MagnitudeCell {
  return {
    count: cells.reduce((sum, { count }) => sum + count, 0),
    sum: cells.reduce((sum, cell) => sum + cell.sum, 0),
    largest: cells.flatMap(({ largest }) => largest).sort((a, b) => b - a),
    hasNegative: cells.some(({ hasNegative }) => hasNegative),
  };
}

/** Without its largest contributions a cell cannot be judged; the p-ratio looks at two. */
function isComplete({ count, largest }: MagnitudeCell, { dominanceCount }: TableRules): boolean {
  return largest.length >= Math.min(count, Math.max(2, dominanceCount));
}

class CellJudge {
  readonly #place: CellRef;
  readonly #name: string;
  readonly #cell: MagnitudeCell;
  readonly #rules: TableRules;

  constructor(place: CellRef, name: string, cell: MagnitudeCell, rules: TableRules) {
    this.#place = place;
    this.#name = name;
    this.#cell = cell;
    this.#rules = rules;
  }

  findings(isComplete: boolean): TableFinding[] {
    const { count, sum, hasNegative } = this.#cell;
    if (count === 0) {
      return this.#rules.zerosAreLow ? [this.#found('zero-cell', 'review', 'has no contributor')] : [];
    }
    const small = count < this.#rules.cellCountMin;
    const people = `rests on ${plural(count, 'person', 'people')}, fewer than ${this.#rules.cellCountMin}`;
    const first = small ? [this.#found('minimum-cell', 'fail', people)] : [];
    if (hasNegative) {
      const why = 'has negative contributions, for which no dominance rule is defined';
      return [...first, this.#found('negative-values', 'review', why)];
    }
    if (!(sum > 0)) {
      return [...first, this.#found('p-ratio', 'review', 'adds up to zero: each contribution is known')];
    }
    if (!isComplete) {
      return [...first, this.#found('dominance', 'fail', 'comes without its largest contributions')];
    }
    return [...first, ...this.#dominance(), ...this.#pRatio()];
  }

  /** (n,k): the n largest make up the share k or more (ACRO: n = 2, k = 0.90). */
  #dominance(): TableFinding[] {
    const { dominanceCount, dominanceShare } = this.#rules;
    const share = this.#top(dominanceCount) / this.#cell.sum;
    if (share < dominanceShare) return [];
    const why = `is ${percentText(Math.min(share, 1))} the work of its ${dominanceCount} largest contributors`;
    return [this.#found('dominance', 'fail', why)];
  }

  /** (sum - x1 - x2) / x1 (ACRO, 0.10): how closely the second largest contributor can work out the largest. */
  #pRatio(): TableFinding[] {
    const largest = this.#top(1);
    const ratio = (this.#cell.sum - this.#top(2)) / largest;
    if (ratio >= this.#rules.pRatioMin) return [];
    const close = `to within ${percentText(Math.max(ratio, 0))}`;
    return [
      this.#found('p-ratio', 'fail', `lets the second largest contributor work out the largest ${close}`),
    ];
  }

  #top(contributors: number): number {
    return this.#cell.largest.slice(0, contributors).reduce((sum, value) => sum + value, 0);
  }

  #found(rule: TableRuleName, status: TableFinding['status'], what: string): TableFinding {
    return { cell: this.#place, rule, status, why: `"${this.#name}" ${what}.` };
  }
}
