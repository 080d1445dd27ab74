import type { Compared } from '../compared/compared.js';
import { noCells } from '../compared/mixed-table.js';
import { rankScale } from '../compared/rank-scale.js';

const wideFrom = 11;
const groupSize = 3;

/**
 * The columns to measure distances over: all of them and, in tables of more than 10 columns, where distances say little,
 * also the three most correlated numbers and three drawn at random (mostlyai-qa 1.10).
 */
export function columnGroups(compared: Compared): (readonly number[])[] {
  const all = compared.allColumns;
  if (all.length < wideFrom) return [all];
  const random = compared.random.fork('column group');
  const drawn = [...all].sort((a, b) => random.uniformAt(a) - random.uniformAt(b)).slice(0, groupSize);
  const correlated = mostCorrelated(compared);
  return [all, drawn, ...(correlated.length === groupSize ? [correlated] : [])];
}

/** Rows and columns that correlations are worked out from; more change them little. */
const limits = { rows: 2000, columns: 40 };

/** The three columns with the largest sum of absolute rank correlations among them, grown from the best pair. */
function mostCorrelated({ columns, sampled: { train, holdout } }: Compared): number[] {
  const numeric = columns
    .flatMap(({ kind }, at) => (kind === 'category' ? [] : [at]))
    .slice(0, limits.columns);
  const ranks = numeric.map((at) => {
    const scale = rankScale([train.cells[at] ?? noCells, holdout.cells[at] ?? noCells]);
    return (train.cells[at] ?? noCells)
      .slice(0, limits.rows)
      .map((cell) => (Number.isNaN(cell) ? 0 : scale(cell) - 0.5));
  });
  const strength = (left: number, right: number): number =>
    Math.abs(cosine(ranks[left] ?? noCells, ranks[right] ?? noCells));
  let best: number[] = [];
  let most = -1;
  for (let left = 0; left < numeric.length; left++) {
    for (let right = left + 1; right < numeric.length; right++) {
      const found = strength(left, right);
      if (found > most) [best, most] = [[left, right], found];
    }
  }
  const [left = 0, right = 0] = best;
  const others = [...numeric.keys()].filter((place) => !best.includes(place));
  const sums = others.map((place) => ({ place, sum: strength(left, place) + strength(right, place) }));
  const third = sums.sort((a, b) => b.sum - a.sum)[0];
  return [...best, ...(third ? [third.place] : [])].map((place) => numeric[place] ?? 0);
}

function cosine(left: Float64Array, right: Float64Array): number {
  let [xx, yy, xy] = [0, 0, 0];
  left.forEach((x, row) => {
    const y = right[row] ?? 0;
    [xx, yy, xy] = [xx + x * x, yy + y * y, xy + x * y];
  });
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}
