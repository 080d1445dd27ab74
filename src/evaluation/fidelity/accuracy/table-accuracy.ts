import type { Random } from '../../../core/random/random.js';
import { noScore } from '../../score.js';
import type { Score } from '../../score.js';
import { jointAccuracy } from './accuracy.js';
import type { Accuracy, BothCoded } from './accuracy.js';

export interface AccuracyMean {
  readonly accuracy: Score;
  readonly ceiling: Score;
  /** Combinations of columns that were looked at. */
  readonly combinations: number;
}

/** Triples are drawn at random when there are more. */
const triplesMax = 10_000;
/** Rows times triples that are counted at most, so that large tables end. */
const workMax = 4e8;

/** Mean of mostlyai-qa's accuracies of single columns, pairs or triples. */
export function tableAccuracy(
  columns: readonly BothCoded[],
  width: 'univariate' | 'bivariate' | 'trivariate',
  random: Random,
): AccuracyMean {
  switch (width) {
    case 'univariate':
      return meanAccuracy(columns.map((column) => [column]));
    case 'bivariate':
      return meanAccuracy(
        columns.flatMap((first, at) => columns.slice(at + 1).map((second) => [first, second])),
      );
    case 'trivariate':
      return meanAccuracy(tripleColumns(columns, random));
  }
}

function meanAccuracy(combinations: readonly (readonly BothCoded[])[]): AccuracyMean {
  if (combinations.length === 0 || !hasRows(combinations)) {
    const none = noScore('There are too few columns.');
    return { accuracy: none, ceiling: none, combinations: 0 };
  }
  const found = combinations.map(jointAccuracy);
  const mean = (part: keyof Accuracy): Score => ({
    value: found.reduce((sum, one) => sum + one[part], 0) / found.length,
  });
  return { accuracy: mean('accuracy'), ceiling: mean('ceiling'), combinations: combinations.length };
}

function hasRows([first]: readonly (readonly BothCoded[])[]): boolean {
  const [column] = first ?? [];
  return column !== undefined && column.original.codes.length > 0 && column.synthetic.codes.length > 0;
}

function tripleColumns(columns: readonly BothCoded[], random: Random): BothCoded[][] {
  const count = columns.length;
  const all = (count * (count - 1) * (count - 2)) / 6;
  const rows = (columns[0]?.original.codes.length ?? 0) + (columns[0]?.synthetic.codes.length ?? 0);
  const wanted = Math.min(triplesMax, Math.max(50, Math.floor(workMax / Math.max(1, rows))));
  const triples = all <= wanted ? allTriples(count) : drawnTriples(count, wanted, random);
  return triples.map((triple) => triple.flatMap((at) => columns[at] ?? []));
}

function allTriples(count: number): number[][] {
  const triples: number[][] = [];
  for (let a = 0; a < count; a += 1)
    for (let b = a + 1; b < count; b += 1) for (let c = b + 1; c < count; c += 1) triples.push([a, b, c]);
  return triples;
}

function drawnTriples(count: number, wanted: number, random: Random): number[][] {
  const seen = new Map<string, number[]>();
  while (seen.size < wanted) {
    const triple = [random.integerBelow(count), random.integerBelow(count), random.integerBelow(count)];
    if (new Set(triple).size < 3) continue;
    triple.sort((a, b) => a - b);
    seen.set(triple.join(' '), triple);
  }
  return [...seen.values()];
}
