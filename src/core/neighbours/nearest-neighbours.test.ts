import { Random } from '../random/random.js';
import { createMixedMatrix } from './mixed-matrix.js';
import type { MixedMatrix, MixedShape } from './mixed-matrix.js';
import { mixedDistance } from './nearest-in-range.js';
import { nearestNeighbours } from './nearest-neighbours.js';

/** Numbers on a coarse grid, so that ties and copies occur. */
function aTable(name: string, shape: MixedShape, grid: number): MixedMatrix {
  const random = Random.fromSeed('neighbours').fork(name);
  const table = createMixedMatrix(shape);
  for (let at = 0; at < shape.rows * shape.numberWidth; at++)
    table.numbers[at] = Math.floor(grid * random.uniformAt(at)) / grid + 1000;
  for (let at = 0; at < shape.rows * shape.codeWidth; at++)
    table.codes[at] = random.uniformAt(at, 1) < 0.5 ? 1 : 0;
  return table;
}

/** All distances of one query, ascending. */
function everyDistance(queries: MixedMatrix, query: number, references: MixedMatrix): number[] {
  return Array.from({ length: references.rows }, (_, row) => mixedDistance(queries, query, references, row))
    .filter((_, row) => queries !== references || row !== query)
    .sort((a, b) => a - b);
}

describe('exact nearest neighbours', () => {
  it.each([
    [{ rows: 131, numberWidth: 3, codeWidth: 2 }, 700],
    [{ rows: 70, numberWidth: 0, codeWidth: 5 }, 515],
    [{ rows: 5, numberWidth: 30, codeWidth: 0 }, 1025],
    [{ rows: 3, numberWidth: 1, codeWidth: 1 }, 2],
  ])('are those of a plain search: %j among %d', async (shape, referenceRows) => {
    const queries = aTable('queries', shape, 40);
    const references = aTable('references', { ...shape, rows: referenceRows }, 40);
    const { distances, indexes } = await nearestNeighbours({ queries, references, count: 3 });
    for (let query = 0; query < shape.rows; query++) {
      const expected = everyDistance(queries, query, references);
      for (let rank = 0; rank < 3; rank++) {
        const index = indexes[query * 3 + rank]!;
        expect(distances[query * 3 + rank]).toBeCloseTo(expected[rank] ?? Infinity, 6);
        if (index >= 0)
          expect(distances[query * 3 + rank]).toBe(mixedDistance(queries, query, references, index));
        else expect(rank).toBeGreaterThanOrEqual(referenceRows);
      }
    }
  });

  it('give a copy the distance 0, far from the origin too', async () => {
    const queries = aTable('queries', { rows: 40, numberWidth: 8, codeWidth: 1 }, 1e9);
    const references = createMixedMatrix({ rows: 40, numberWidth: 8, codeWidth: 1 });
    references.numbers.set(queries.numbers);
    references.codes.set(queries.codes);
    const { distances, indexes } = await nearestNeighbours({ queries, references, count: 1 });
    expect([...distances]).toEqual(Array<number>(40).fill(0));
    expect([...indexes]).toEqual(Array.from({ length: 40 }, (_, row) => row));
  });

  it('of a table within itself are other rows', async () => {
    const table = aTable('one', { rows: 90, numberWidth: 2, codeWidth: 0 }, 10);
    const { indexes, distances } = await nearestNeighbours({
      queries: table,
      references: table,
      count: 1,
      isSameTable: true,
    });
    for (let row = 0; row < 90; row++) {
      expect(indexes[row]).not.toBe(row);
      expect(distances[row]).toBeCloseTo(everyDistance(table, row, table)[0]!, 6);
    }
  });

  it('are no longer looked for when cancelled', async () => {
    const table = aTable('one', { rows: 9, numberWidth: 1, codeWidth: 0 }, 10);
    const signal = AbortSignal.abort(new Error('cancelled by Ann'));
    await expect(nearestNeighbours({ queries: table, references: table, count: 1, signal })).rejects.toThrow(
      'cancelled by Ann',
    );
  });
});
