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

/** What the newer version may have, the older one, and the newer one by what was public before the candidate. */
interface Ranges {
  readonly now: JointRange | null;
  readonly then: JointRange | null;
  readonly known: JointRange | null;
}

interface Figure extends Ranges {
  readonly column: string;
  readonly cell: LineCell;
  /** All rows with a value in the column. */
  readonly isPresent: boolean;
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
    const figures = this.#figures();
    const rows = this.#changeOf(figures.get(rowsKey));
    return [...figures].flatMap(([key, figure]) => {
      const change = this.#changeOf(figure);
      if (change === null || !this.#isFew(change)) return [];
      // All columns have the same rows, and said once is enough where nobody's value is missing.
      if (figure.isPresent && change.least === rows?.least && change.most === rows.most) return [];
      return [this.#finding(key === rowsKey ? null : figure.column, figure.cell, change)];
    });
  }

  /** What is known of each figure that both versions can show; of several lines the narrowest bounds count. */
  #figures(): Map<string, Figure> {
    const { lines, partial } = columnLines(this.#publications);
    const all = { lines: [...lines, ...partial], partial: [] };
    const before = modelPopulation(all, [this.#older]);
    const after = modelPopulation(all, [this.#newer, this.#newer.slice(0, -1)]);
    const figures = new Map<string, Figure>();
    for (const [at, { column, line }] of all.lines.entries()) {
      const [older, newer] = [before[at]?.solver, after[at]?.solver];
      // What contradicts itself was reported when it was published.
      if (older === null || older === undefined || newer === null || newer === undefined) continue;
      for (const stretch of distinctStretches(line)) {
        const key = keyOf(column, line, stretch);
        const ranges = this.#ranges({ older, newer }, stretch);
        const isPresent = stretch.from === presentStart && stretch.to === line.cells.length;
        const found = { column, cell: cellOf(line, stretch), isPresent, ...ranges };
        figures.set(key, narrowedBy(found, figures.get(key)));
      }
    }
    return figures;
  }

  #ranges({ older, newer }: Versions, stretch: Stretch): Ranges {
    const isEarlier: Admitted = (one) => one !== this.#candidate;
    return {
      now: this.#range(newer, stretch),
      then: this.#range(older, stretch),
      known: this.#newer.length > 1 ? this.#range(newer, stretch, isEarlier) : null,
    };
  }

  #isFew({ least, most }: Pick<Change, 'least' | 'most'>): boolean {
    return (least > 0 && most < this.#floor) || (most < 0 && least > -this.#floor);
  }

  /** Null when the change may be large for all that is known, so that nobody is singled out. */
  #changeOf(figure: Ranges | undefined): Change | null {
    if (!figure?.now || !figure.then) return null;
    const { now, then, known } = figure;
    const isKnown = known !== null && this.#isFew(between(then, known)) && sameRange(known, now);
    return { ...between(then, now), isKnown, sources: [...new Set([...then.sources, ...now.sources])] };
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

const rowsKey = 'rows';

/** The same for the same cells, whatever line of the column they are on. */
function keyOf(column: string, { cells }: CountLine, { from, to }: Stretch): string {
  if (from === 0 && to === cells.length) return rowsKey;
  const inside = cells
    .slice(from, to)
    .map((cell) => JSON.stringify([cell.kind, cellWords('', cell, 'number')]));
  return JSON.stringify([column, ...inside.sort()]);
}

function between(then: JointRange, now: JointRange): Pick<Change, 'least' | 'most'> {
  return { least: now.atLeast - then.atMost, most: now.atMost - then.atLeast };
}

function narrowedBy(figure: Figure, other: Figure | undefined): Figure {
  if (other === undefined) return figure;
  return {
    ...other,
    now: narrowest(other.now, figure.now),
    then: narrowest(other.then, figure.then),
    known: narrowest(other.known, figure.known),
  };
}

/** Both hold: what is possible is in both. */
function narrowest(one: JointRange | null, other: JointRange | null): JointRange | null {
  if (one === null || other === null) return one ?? other;
  if (one.atLeast >= other.atLeast && one.atMost <= other.atMost) return one;
  return {
    atLeast: Math.max(one.atLeast, other.atLeast),
    atMost: Math.min(one.atMost, other.atMost),
    sources: [...new Set([...one.sources, ...other.sources])],
  };
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
