import type { Compared } from './compared.js';
import { mean, variance } from '../statistics/rank-curve.js';
import { noCells } from './mixed-table.js';

const neighbours = 5;

/** The rows that lie farthest from others of their half, by their mean distance to the nearest five, farthest first. */
export async function outlyingRows(
  compared: Compared,
  name: 'train' | 'holdout',
  count: number,
): Promise<number[]> {
  const { distances } = await compared.nearest(name, name, neighbours);
  const loneliness = Float64Array.from({ length: compared.sampled[name].rowCount }, (_, row) => {
    let sum = 0;
    for (let rank = 0; rank < neighbours; rank++) sum += distances[row * neighbours + rank] ?? 0;
    return sum;
  });
  return largest(loneliness, count);
}

/** The training rows whose numbers lie the most standard deviations from the middle, together. */
export function extremeRows({ columns, sampled: { train } }: Compared, count: number): number[] {
  const distances = new Float64Array(train.rowCount);
  columns.forEach(({ kind }, at) => {
    if (kind === 'category') return;
    const cells = train.cells[at] ?? noCells;
    const present = cells.filter((cell) => !Number.isNaN(cell));
    const [middle, spread] = [mean(present), variance(present)];
    cells.forEach((cell, row) => {
      if (!Number.isNaN(cell) && spread > 0)
        distances[row] = (distances[row] ?? 0) + (cell - middle) ** 2 / spread;
    });
  });
  return largest(distances, count);
}

/** The training rows that a synthetic row comes nearest to, compared with the nearest held-out person. */
export async function approachedRows(compared: Compared, count: number): Promise<number[]> {
  const toSynthetic = await compared.nearest('train', 'candidate', 1);
  const toOthers = await compared.nearest('train', 'holdout', 1);
  return largest(
    toSynthetic.distances.map((distance, row) => (toOthers.distances[row] ?? 0) - distance),
    count,
  );
}

function largest(scores: Float64Array, count: number): number[] {
  return [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0)).slice(0, count);
}
