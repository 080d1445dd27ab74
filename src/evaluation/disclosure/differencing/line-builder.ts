import type { ColumnProfile } from '../../../core/profile/profile.js';
import { disclosedInterval } from '../count-interval.js';
import type { CountInterval } from '../count-interval.js';
import { presentStart } from './count-line.js';
import type { CountConstraint, CountLine, LineCell, Stretch } from './count-line.js';
import type { PublishedStatistics } from './published-statistics.js';

/** What one publication says of one column. */
export interface ColumnStatement {
  /** Its place among the publications compared. */
  readonly source: number;
  readonly statistics: PublishedStatistics;
  readonly column: ColumnProfile;
}

/** Collects what is published about stretches of one line. */
export class LineBuilder {
  readonly #cells: readonly LineCell[];
  readonly #constraints: CountConstraint[] = [];

  constructor(valueCells: readonly LineCell[]) {
    this.#cells = [{ kind: 'missing' }, ...valueCells];
  }

  get end(): number {
    return this.#cells.length;
  }

  add(stretch: Stretch, interval: CountInterval, { source }: ColumnStatement): void {
    const { from, to } = stretch;
    const { atLeast, atMost } = interval;
    this.#constraints.push({ from, to, atLeast, atMost, sources: [source] });
  }

  addCount(stretch: Stretch, published: number, statement: ColumnStatement): void {
    this.add(stretch, disclosedInterval(published, statement.statistics.rounding), statement);
  }

  /** Rows, present and missing: the inverse of `disclosePresence` (src/core/profile/disclosed-count.ts). */
  addPresence(statement: ColumnStatement): void {
    const { statistics, column } = statement;
    const few = statistics.rounding.cellCountMin - 1;
    const [rows, present, missing] = [
      { from: 0, to: this.end },
      { from: presentStart, to: this.end },
      { from: 0, to: presentStart },
    ];
    this.addCount(rows, statistics.rows, statement);
    if (column.missingCount === null) {
      // A few are missing, more than a few are not, and the count is that of all rows.
      this.add(missing, { atLeast: 1, atMost: few }, statement);
      this.add(present, { atLeast: few + 1, atMost: Infinity }, statement);
      this.addCount(rows, column.count, statement);
    } else if (column.count === 0) {
      // At most a few are present, and the missing ones are counted as all rows.
      this.add(present, { atLeast: 0, atMost: few }, statement);
      this.addCount(rows, column.missingCount, statement);
    } else {
      this.addCount(present, column.count, statement);
      if (column.missingCount === 0) this.add(missing, { atLeast: 0, atMost: 0 }, statement);
      else this.addCount(missing, column.missingCount, statement);
    }
  }

  build(): CountLine {
    return { cells: this.#cells, constraints: this.#constraints };
  }
}
