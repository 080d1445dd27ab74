import type { CountInterval } from '../count-interval.js';
import { cellWords, publicationWords, rangeOfPeople } from './cell-words.js';
import { columnLines } from './column-lines.js';
import { presentStart } from './count-line.js';
import type { LineCell, Stretch } from './count-line.js';
import type { DifferencingFinding } from './differencing-finding.js';
import type { Admitted, LineSolver } from './line-solver.js';
import { modelPopulation } from './population-model.js';
import type { ModelledLine } from './population-model.js';
import type { PublishedStatistics } from './published-statistics.js';
import { typeOfColumn } from './type-of-column.js';

interface Target extends Stretch {
  readonly cell: LineCell;
}

/** A range of counts and the publications that give it. */
interface JointRange extends CountInterval {
  readonly sources: readonly number[];
}

/**
 * People singled out by publications about the very same rows. Looks at every cell between neighbouring borders of all
 * publications: a wider one that holds few people has such cells inside, so none is missed.
 */
export class SamePopulation {
  readonly #publications: readonly PublishedStatistics[];
  readonly #floor: number;
  readonly #candidate: number;
  readonly #earlier: Admitted;

  /** @param publications all of one content hash, the candidate last */
  constructor(publications: readonly PublishedStatistics[], floor: number) {
    this.#publications = publications;
    this.#floor = floor;
    this.#candidate = publications.length - 1;
    this.#earlier = (source) => source !== this.#candidate;
  }

  findings(): DifferencingFinding[] {
    const { unlike, ...lines } = columnLines(this.#publications);
    const all = [...this.#publications.keys()];
    const earlier = all.slice(0, -1);
    const model = modelPopulation(lines, [all, earlier, ...all.map((one) => [one])]);
    const found = narrowest(model.flatMap((one) => this.#lineFindings(one)));
    return [...found, ...unlike.map(({ column, sources }) => this.#unlike(column, sources))];
  }

  #lineFindings({ column, line, solver }: ModelledLine): DifferencingFinding[] {
    if (solver === null) return [this.#contradiction(column)];
    const present = { from: presentStart, to: line.cells.length, cell: { kind: 'present' } } as const;
    const cells = line.cells.map((cell, at): Target => ({ from: at, to: at + 1, cell }));
    return [...cells, present].flatMap((target) => this.#targetFinding(column, solver, target) ?? []);
  }

  #targetFinding(column: string, solver: LineSolver, target: Target): DifferencingFinding | null {
    const joint = this.#range(solver, target);
    if (joint === null || joint.atMost === 0) return null;
    const within = (one: JointRange | null): boolean =>
      one !== null && one.atMost <= joint.atMost && one.atLeast >= joint.atLeast;
    const only = (source: number): JointRange | null => this.#range(solver, target, (one) => one === source);
    // What one publication says by itself is no matter of differences: the minimum cell rule judges it.
    if (within(only(this.#candidate))) return null;
    const isKnown = within(this.#range(solver, target, this.#earlier));
    // If any earlier one says it alone, it was known.
    if (isKnown && this.#publications.some((_, source) => within(only(source)))) return null;
    const isSaidToBeFew = joint.sources.some((source) => (only(source)?.atLeast ?? 0) > 0);
    const isFail = !isKnown && (!isSaidToBeFew || joint.atLeast === joint.atMost);
    const sources = this.#pair(solver, target, joint) ?? joint.sources;
    return this.#finding(column, target.cell, { ...joint, sources, isFail, isKnown });
  }

  /** Null when more people than are few are possible. */
  #range(solver: LineSolver, target: Stretch, admitted?: Admitted): JointRange | null {
    const upper = solver.atMost(target, this.#floor - 1, admitted);
    if (upper === null) return null;
    const lower = solver.atLeast(target, 1, admitted);
    const sources = new Set([...upper.sources, ...lower.sources]);
    return { atMost: upper.value, atLeast: lower.value, sources: [...sources].sort((a, b) => a - b) };
  }

  /** Two publications of those found that suffice to show that the people are few. */
  #pair(solver: LineSolver, target: Stretch, { sources }: JointRange): number[] | null {
    if (sources.length <= 2 || !sources.includes(this.#candidate)) return null;
    for (const source of sources) {
      const pair = [source, this.#candidate];
      const range = this.#range(solver, target, (one) => pair.includes(one));
      if (source !== this.#candidate && range !== null && range.atMost > 0) return pair;
    }
    return null;
  }

  #finding(
    column: string,
    cell: LineCell,
    joint: JointRange & { readonly isFail: boolean; readonly isKnown: boolean },
  ): DifferencingFinding {
    const publications = joint.sources.flatMap((source) => this.#publications[source] ?? []);
    const who = publicationWords(publications);
    const what = cellWords(column, cell, typeOfColumn(this.#publications, column));
    const { atLeast, atMost } = joint;
    const together = `Together, ${who} show that ${rangeOfPeople(atLeast, atMost)} have ${what}`;
    const before = joint.isKnown ? ' This was so before the profile under review.' : '';
    return {
      rule: 'differencing',
      status: joint.isFail ? 'fail' : 'review',
      column,
      cell,
      atLeast,
      atMost,
      publications: publications.map(({ hash }) => hash),
      why: `${together}, fewer than ${this.#floor}.${before}`,
    };
  }

  #contradiction(column: string): DifferencingFinding {
    const speakers = this.#publications.filter(({ columns }) => columns.some(({ name }) => name === column));
    return this.#byHand(column, speakers, 'do not agree with each other about');
  }

  #unlike(column: string, sources: readonly number[]): DifferencingFinding {
    const speakers = sources.flatMap((source) => this.#publications[source] ?? []);
    return this.#byHand(column, speakers, 'describe in different ways');
  }

  #byHand(column: string, speakers: readonly PublishedStatistics[], how: string): DifferencingFinding {
    return {
      rule: 'differencing',
      status: 'review',
      column,
      cell: { kind: 'present' },
      atLeast: 0,
      atMost: Infinity,
      publications: speakers.map(({ hash }) => hash),
      why: `${publicationWords(speakers)} ${how} the column ${column}: compare them by hand.`,
    };
  }
}

/** A column of several lines may show the same cell on each: the narrowest range of it counts. */
function narrowest(findings: readonly DifferencingFinding[]): DifferencingFinding[] {
  const byCell = new Map<string, DifferencingFinding>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.column, cellWords('', finding.cell, 'number')]);
    const other = byCell.get(key);
    const width = other ? other.atMost - other.atLeast : Infinity;
    if (other === undefined || finding.atMost - finding.atLeast < width) byCell.set(key, finding);
  }
  return [...byCell.values()];
}
