import type { Compared } from './compared.js';

const neighbours = 5;

/** The rows that lie farthest from others of their half, by their mean distance to the nearest five, farthest first. */
export async function outlyingRows(
  compared: Compared,
  name: 'train' | 'holdout',
  count: number,
): Promise<number[]> {
  const { distances } = await compared.nearest(name, name, neighbours);
  const loneliness = Array.from({ length: compared.sampled[name].rowCount }, (_, row) => {
    let sum = 0;
    for (let rank = 0; rank < neighbours; rank++) sum += distances[row * neighbours + rank] ?? 0;
    return { row, sum };
  });
  return loneliness
    .sort((a, b) => b.sum - a.sum)
    .slice(0, count)
    .map(({ row }) => row);
}
