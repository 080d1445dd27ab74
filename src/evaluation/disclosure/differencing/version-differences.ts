import { pooledCategory } from '../../../core/profile/profile.js';
import type { CountInterval } from '../count-interval.js';
import { cellWords, publicationWords, rangeOfPeople } from './cell-words.js';
import { columnLines } from './column-lines.js';
import { presentStart } from './count-line.js';
import type { CountLine, LineCell, Stretch } from './count-line.js';
import type { DifferencingFinding } from './differencing-finding.js';
import type { Admitted, LineSolver } from './line-solver.js';
import { modelPopulation } from './population-model.js';
import type { PublishedStatistics } from './published-statistics.js';
import { typeOfColumn } from './type-of-column.js';

/** How many more people (fewer, when negative) the candidate's version has, and who says so. */
interface Change {
  readonly least: number;
  readonly most: number;
  readonly sources: readonly number[];
  /** What was public before the candidate says the same. */
  readonly isKnown: boolean;
}

interface JointRange extends CountInterval {
  readonly sources: readonly number[];
}

interface Versions {
  readonly older: LineSolver;
  readonly newer: LineSolver;
}

/**
 * People singled out by subtracting two versions of one source, which share most of their people: a figure that is
 * certain to have changed, by fewer than the floor, is about those who joined or left. Where rounding leaves it open
 * whether anything changed, nobody is singled out. Net changes only: who came and who left in one step is not told
 * apart, and neither is it by anybody who reads the figures.
 */
export class VersionDifferences {
  readonly #publications: readonly PublishedStatistics[];
  readonly #floor: number;
  readonly #older: readonly number[];
  readonly #newer: readonly number[];
  readonly #candidate: number;

  /**
   * @param others all of one other version
   * @param same all of the candidate's version, the candidate last
   */
  constructor(others: readonly PublishedStatistics[], same: readonly PublishedStatistics[], floor: number) {
    this.#publications = [...others, ...same];
    this.#floor = floor;
    this.#older = [...others.keys()];
    this.#newer = [...same.keys()].map((at) => others.length + at);
    this.#candidate = this.#publications.length - 1;
  }

  findings(): DifferencingFinding[] {
    const { lines } = columnLines(this.#publications);
    const before = modelPopulation(lines, [this.#older]);
    const after = modelPopulation(lines, [this.#newer, this.#newer.slice(0, -1)]);
    let isFirst = true;
    return lines.flatMap(({ column, line }, at) => {
      const [older, newer] = [before[at]?.solver, after[at]?.solver];
      // What contradicts itself was reported when it was published.
      if (older === null || older === undefined || newer === null || newer === undefined) return [];
      const found = this.#lineFindings(column, line, { older, newer, isFirst });
      isFirst = false;
      return found;
    });
  }

  #lineFindings(
    column: string,
    line: CountLine,
    versions: Versions & { readonly isFirst: boolean },
  ): DifferencingFinding[] {
    const whole = { from: 0, to: line.cells.length };
    const rows = this.#change(versions, whole);
    return distinctStretches(line).flatMap((stretch) => {
      const isRows = stretch.from === whole.from && stretch.to === whole.to;
      // All columns have the same rows, and said once is enough; so it is where nobody's value is missing.
      if (isRows && !versions.isFirst) return [];
      const change = this.#change(versions, stretch);
      if (change === null || !this.#isFew(change)) return [];
      const isPresent = stretch.from === presentStart && stretch.to === whole.to;
      if (isPresent && change.least === rows?.least && change.most === rows.most) return [];
      return [this.#finding(isRows ? null : column, cellOf(line, stretch), change)];
    });
  }

  #isFew({ least, most }: Change): boolean {
    return (least > 0 && most < this.#floor) || (most < 0 && least > -this.#floor);
  }

  /** Null when the change may be large for all that is known, so that nobody is singled out. */
  #change({ older, newer }: Versions, stretch: Stretch): Change | null {
    const now = this.#range(newer, stretch);
    const then = now && this.#range(older, stretch);
    if (now === null || then === null) return null;
    const known =
      this.#newer.length > 1 ? this.#range(newer, stretch, (one) => one !== this.#candidate) : null;
    const change = { least: now.atLeast - then.atMost, most: now.atMost - then.atLeast };
    const isKnown = known !== null && this.#isFewOf(known, then) && sameRange(known, now);
    return { ...change, isKnown, sources: [...new Set([...then.sources, ...now.sources])] };
  }

  #isFewOf(now: JointRange, then: JointRange): boolean {
    return this.#isFew({
      least: now.atLeast - then.atMost,
      most: now.atMost - then.atLeast,
      sources: [],
      isKnown: false,
    });
  }

  #range(solver: LineSolver, stretch: Stretch, admitted?: Admitted): JointRange | null {
    const here = solver.possible(stretch);
    const upper = solver.atMost(stretch, here + this.#floor, admitted);
    if (upper === null) return null;
    const lower = solver.atLeast(stretch, Math.max(0, here - this.#floor), admitted);
    return { atMost: upper.value, atLeast: lower.value, sources: [...upper.sources, ...lower.sources] };
  }

  #finding(column: string | null, cell: LineCell, change: Change): DifferencingFinding {
    const sources = change.sources.toSorted((a, b) => a - b);
    const publications = sources.flatMap((source) => this.#publications[source] ?? []);
    const hasLeft = change.most < 0;
    const [atLeast, atMost] = hasLeft ? [-change.most, -change.least] : [change.least, change.most];
    const where = cellWords(column, cell, typeOfColumn(this.#publications, column ?? ''));
    const who = publicationWords(publications);
    const versions = `${who} are about two versions of the source ${this.#sourceName()}`;
    const moved = `${rangeOfPeople(atLeast, atMost)} ${hasLeft ? 'fewer' : 'more'}`;
    const before = change.isKnown ? ' This was so before the profile under review.' : '';
    return {
      rule: 'differencing',
      status: change.isKnown ? 'review' : 'fail',
      column,
      cell,
      atLeast,
      atMost,
      publications: publications.map(({ hash }) => hash),
      why: `${versions}: by subtraction the newly published one has ${moved} in "${where}", under ${this.#floor}.${before}`,
    };
  }

  #sourceName(): string {
    return this.#publications[this.#candidate]?.population.sourceName ?? '';
  }
}

/** Every stretch that somebody published, and every cell between neighbouring borders. */
function distinctStretches({ cells, constraints }: CountLine): Stretch[] {
  const stretches = [
    ...cells.map((_, at): Stretch => ({ from: at, to: at + 1 })),
    ...constraints,
    { from: 0, to: cells.length },
    { from: presentStart, to: cells.length },
  ];
  return [...new Map(stretches.map((one) => [`${one.from}/${one.to}`, one])).values()];
}

function sameRange(one: JointRange, other: JointRange): boolean {
  return one.atLeast === other.atLeast && one.atMost === other.atMost;
}

function cellOf({ cells }: CountLine, { from, to }: Stretch): LineCell {
  if (from === 0 && to === cells.length) return { kind: 'rows' };
  const [first, last] = [cells[from], cells[to - 1]];
  if (first === undefined || last === undefined || to === from + 1) return first ?? { kind: 'rows' };
  if (from === presentStart && to === cells.length) return { kind: 'present' };
  if (first.kind === 'range' && last.kind === 'range') return { ...first, to: last.to };
  return { kind: 'category', value: pooledCategory };
}
