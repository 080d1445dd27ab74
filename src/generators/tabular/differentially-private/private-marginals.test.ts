import { exactNoise } from '../../../core/privacy/noise.js';
import { replayedBits } from '../../../core/privacy/testing/replayed-bits.js';
import { Random } from '../../../core/random/random.js';
import { aBoundedSchema, aSource, columnOf, sourceOf } from '../../testing/a-source.js';
import { collectCells } from '../../testing/cells.js';
import type { Cell } from '../../testing/cells.js';
import { ConditionError } from '../condition-error.js';
import { keptRows } from './kept-rows.js';
import { nearestCounts } from './nearest-counts.js';
import { privateMarginals, privateMarginalsMethod } from './private-marginals.js';
import { learnNetwork } from './private-network.js';

const random = Random.fromSeed('42');
const noise = exactNoise(replayedBits('marginals'));
const provenance = 'declared';

/** A column of 1 to 4, mostly 1, with some missing, in so many rows. */
async function learnAndSample(rows: number, more: Record<string, unknown>): Promise<Cell[]> {
  const cells = Array.from({ length: rows }, (_, row): Cell => (row % 10 < 6 ? 1 : row % 10 < 9 ? 4 : null));
  const schema = {
    columns: [
      {
        name: 'a',
        type: 'integer' as const,
        missingMarkers: [''],
        bounds: { low: 1, high: 4, provenance } as const,
      },
    ],
  };
  const parameters = { epsilon: 1, rowsPerSubject: 1, ...more };
  const source = sourceOf({ a: columnOf(cells) }, rows);
  const model = await learnNetwork(
    privateMarginalsMethod,
    { schema, rows: source },
    { parameters, random, noise },
  );
  const made = await collectCells(privateMarginals.sample(model, { columns: ['a'], rows: 20_000, random }));
  return made.get('a') ?? [];
}

describe('independent columns with differential privacy', () => {
  it.each([
    ['Gaussian', {}],
    ['Laplace', { delta: 0 }],
  ])('are like their source but for %s noise', async (_, more) => {
    const made = await learnAndSample(20_000, more);
    const share = (cell: Cell): number => made.filter((one) => one === cell).length / made.length;
    // Hoeffding 0.02 for 20,000 draws (2e-7), and noise of at most 7 on 20,000 rows: 6 of them 0.0021.
    for (const [cell, expected] of [
      [1, 0.6],
      [4, 0.3],
      [null, 0.1],
      [2, 0],
      [3, 0],
    ] as const)
      expect(Math.abs(share(cell) - expected)).toBeLessThan(0.023);
  });

  it.each([0, 1, 2])('are made from %d rows too, all within the domain', async (rows) => {
    const made = await learnAndSample(rows, {});
    expect(made.filter((cell) => ![1, 2, 3, 4, null].includes(cell as number | null))).toEqual([]);
    expect(made).toHaveLength(20_000);
  });

  it('get noise in proportion to the rows of a subject', async () => {
    const spread = async (rowsPerSubject: number): Promise<number> => {
      const shares = await Promise.all(
        Array.from({ length: 12 }, async () => {
          const made = await learnAndSample(500, { rowsPerSubject });
          return made.filter((cell) => cell === 1).length / made.length - 0.6;
        }),
      );
      return Math.sqrt(shares.reduce((sum, one) => sum + one ** 2, 0) / shares.length);
    };
    expect(await spread(10)).toBeGreaterThan(3 * (await spread(1)));
  });

  it('take no conditions, and say so', async () => {
    const options = { parameters: { epsilon: 1, rowsPerSubject: 1 }, random };
    const model = await privateMarginals.fit({ schema: aBoundedSchema, rows: aSource }, options);
    const conditions = new Map([['ward', 'C']]);
    expect(() => privateMarginals.sample(model, { columns: ['ward'], rows: 1, random, conditions })).toThrow(
      ConditionError,
    );
  });
});

describe('the rows that count', () => {
  const subjects = ['ann', 'ann', 'bob', 'ann', null, 'cy', null, 'ann'];
  const rows = sourceOf({ who: columnOf(subjects) }, subjects.length);
  const parameters = { epsilon: 1, delta: 1e-9, cells: 32, domainShare: 0 };

  it('are at most so many of each subject, and of those without one together', async () => {
    const drawn = new Set<number>();
    for (let turn = 0; turn < 60; turn += 1) {
      const kept = await keptRows(rows, { ...parameters, subject: 'who', rowsPerSubject: 1 }, noise);
      expect([...kept].map((row) => subjects[row]).sort()).toEqual(['ann', 'bob', 'cy', null]);
      expect([...kept]).toEqual([...kept].sort((a, b) => a - b));
      for (const row of kept) drawn.add(row);
    }
    // Each of four rows of ann is left out of all 60 turns with probability 0.75^60 = 3e-8.
    expect([...drawn].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('are all of them where the custodian declares the bound', async () => {
    const kept = await keptRows(rows, { ...parameters, subject: null, rowsPerSubject: 1 }, noise);
    expect([...kept]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});

describe('the nearest counts', () => {
  it.each([
    [[3, 1], 4, [3, 1]],
    [[5, 1], 4, [4, 0]],
    [[-2, 6, 4], 10, [0, 6, 4]],
    [[-5, -6], 1, [1, 0]],
    [[1, 1, 1, 1], 2, [0.5, 0.5, 0.5, 0.5]],
  ])('of %j that add up to %d are %j', (noisy, total, expected) => {
    expect([...nearestCounts(Float64Array.from(noisy), total)]).toEqual(expected);
  });
});
