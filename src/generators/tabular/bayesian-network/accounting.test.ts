import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describeWithShared } from '../../../../test/support/shared-data.js';
import { exactNoise } from '../../../core/privacy/noise.js';
import { replayedBits } from '../../../core/privacy/testing/replayed-bits.js';
import { Random } from '../../../core/random/random.js';
import { columnOf, sourceOf } from '../../testing/a-source.js';
import type { Cell } from '../../testing/cells.js';
import { familyDistance } from '../differentially-private/family-distance.js';
import type { GroupedTable } from '../differentially-private/grouped-table.js';
import { privateBayesianNetworkMethod } from '../differentially-private/private-bayesian-network.js';
import { learnNetwork } from '../differentially-private/private-network.js';
import type { NetworkModel } from '../network/network-model.js';
import { groupCount } from '../network/network-model.js';
import { mutualInformation } from './mutual-information.js';
import { dataSynthesizerDegree, replacementSensitivity } from './testing/data-synthesizer.js';

interface Expected {
  readonly privBayesSensitivity: readonly { n: number; binary: boolean; value: number }[];
  readonly dataSynthesizerDegree: readonly { attributes: number; rows: number; k: number }[];
}

describeWithShared(
  'the reckoning of DataSynthesizer',
  'metric-vectors/dp-accounting-expected.json',
  (file) => {
    const expected = JSON.parse(readFileSync(file, 'utf8')) as Expected;

    it('is known: the sensitivity of mutual information, 6 numbers', () => {
      expect(expected.privBayesSensitivity).toHaveLength(6);
      for (const { n, binary, value } of expected.privBayesSensitivity)
        expect(Math.abs(replacementSensitivity(n, binary) / value - 1)).toBeLessThan(1e-12);
    });

    it('is known: the degree it chooses, 6 numbers, a half of the columns where its root finder fails', () => {
      expect(expected.dataSynthesizerDegree).toHaveLength(6);
      for (const { attributes, rows, k } of expected.dataSynthesizerDegree)
        expect(dataSynthesizerDegree(attributes, rows)).toBe(k);
    });
  },
);

/** Every way to put `rows` rows into the cells of a table. */
function* tablesOf(rows: number, cells: number): Generator<number[]> {
  if (cells === 1) {
    yield [rows];
    return;
  }
  for (let first = 0; first <= rows; first += 1)
    for (const others of tablesOf(rows - first, cells - 1)) yield [first, ...others];
}

/** Two columns with the given counts of rows by cell. */
function informationOf(counts: readonly number[], width: number): number {
  const cells = counts.flatMap((count, cell) => new Array<number>(count).fill(cell));
  const codes = [
    Uint16Array.from(cells, (cell) => cell % width),
    Uint16Array.from(cells, (cell) => Math.floor(cell / width)),
  ];
  return mutualInformation({ codes, sizes: [width, counts.length / width] })({ child: 0, parents: [1] });
}

describe('mutual information', () => {
  // Of 6 rows in 2 x 2 cells there are 84 tables, of 5 rows in 3 x 3 cells 1,287: all of them.
  it.each([
    [6, 2, 2, true],
    [5, 3, 3, false],
  ])('of %d rows in %d x %d cells moves by what lemma 1 of PrivBayes says', (rows, width, height, binary) => {
    const cells = width * height;
    let moved = 0;
    const known = new Map<string, number>();
    const informed = (counts: readonly number[]): number => {
      const key = counts.join();
      const value = known.get(key) ?? informationOf(counts, width);
      known.set(key, value);
      return value;
    };
    for (const counts of tablesOf(rows, cells))
      for (let from = 0; from < cells; from += 1)
        for (let to = 0; to < cells; to += 1) {
          if ((counts[from] ?? 0) === 0) continue;
          const other = counts.map((count, cell) => count - (cell === from ? 1 : 0) + (cell === to ? 1 : 0));
          moved = Math.max(moved, Math.abs(informed(counts) - informed(other)));
        }
    expect(moved).toBeLessThanOrEqual(replacementSensitivity(rows, binary) + 1e-12);
    expect(moved).toBeGreaterThan(0.9 * replacementSensitivity(rows, binary));
  });
});

describe('the score that parents are chosen by', () => {
  const tableOf = (codes: readonly (readonly number[])[], sizes: readonly number[]): GroupedTable => ({
    columns: codes.map((column) => ({
      codes: Uint16Array.from(column),
    })) as unknown as GroupedTable['columns'],
    sizes,
    measured: [],
    total: 1,
  });
  const sharesOf = (weights: readonly number[]): Float64Array => {
    const sum = weights.reduce((all, weight) => all + weight, 0);
    return Float64Array.from(weights, (weight) => (sum === 0 ? 1 / weights.length : weight / sum));
  };

  it('moves by at most 1 for one row more, whatever the rows and the shares are, and by nearly that', () => {
    let most = 0;
    const cell = fc.tuple(fc.nat(2), fc.nat(2), fc.nat(1));
    fc.assert(
      fc.property(
        fc.array(cell, { maxLength: 30 }),
        cell,
        fc.array(fc.nat(20), { minLength: 3, maxLength: 3 }),
        (rows, added, weights) => {
          const shares = sharesOf(weights);
          const distance = (given: readonly (readonly number[])[]): number =>
            familyDistance(
              tableOf(
                [0, 1, 2].map((axis) => given.map((row) => row[axis] ?? 0)),
                [3, 3, 2],
              ),
              { child: 0, parents: [1, 2] },
              shares,
            );
          const moved = Math.abs(distance([...rows, added]) - distance(rows));
          most = Math.max(most, moved);
          expect(moved).toBeLessThanOrEqual(1 + 1e-9);
        },
      ),
      { numRuns: 500 },
    );
    expect(most).toBeGreaterThan(0.9);
  });

  it('is 0 for an independent pair and half of the rows for a pair that is the same', () => {
    const independent = tableOf(
      [
        [0, 1, 0, 1],
        [0, 0, 1, 1],
      ],
      [2, 2],
    );
    const same = tableOf(
      [
        [0, 1, 0, 1],
        [0, 1, 0, 1],
      ],
      [2, 2],
    );
    const shares = sharesOf([1, 1]);
    expect(familyDistance(independent, { child: 0, parents: [1] }, shares)).toBe(0);
    expect(familyDistance(same, { child: 0, parents: [1] }, shares)).toBe(2);
  });
});

const provenance = 'declared';

/** Columns of yes and no in pairs: the second of a pair repeats the first in nine of ten rows. */
async function learnPairs(
  columns: number,
  rows: number,
  more: Record<string, unknown>,
): Promise<NetworkModel> {
  const random = Random.fromSeed('pairs');
  const cells = Array.from({ length: columns }, (_, column) =>
    Array.from({ length: rows }, (__, row): Cell => {
      const first = random.uniformAt(row, column - (column % 2)) < 0.5;
      return String(column % 2 === 1 && random.uniformAt(row, column) < 0.1 ? !first : first);
    }),
  );
  const names = cells.map((_, column) => `c${column}`);
  const schema = {
    columns: names.map((name) => ({
      ...{ name, type: 'category' as const, missingMarkers: [] },
      categories: { values: ['false', 'true'], provenance } as const,
    })),
  };
  const source = sourceOf(
    Object.fromEntries(names.map((name, at) => [name, columnOf(cells[at] ?? [])])),
    rows,
  );
  const parameters = { rowsPerSubject: 1, ...more };
  const noise = exactNoise(replayedBits('pairs'));
  return learnNetwork(
    privateBayesianNetworkMethod,
    { schema, rows: source },
    { parameters, random: Random.fromSeed('1'), noise },
  );
}

describe('a Bayesian network with differential privacy', () => {
  it('finds who depends on whom', async () => {
    const { columns } = await learnPairs(8, 5000, { epsilon: 3, degree: 1 });
    const pairs = columns.flatMap(({ name, parents: [parent] }) =>
      parent === undefined ? [] : [[name, columns[parent]?.name ?? ''].sort().join()],
    );
    expect(pairs).toHaveLength(7);
    for (const pair of ['c0,c1', 'c2,c3', 'c4,c5', 'c6,c7']) expect(pairs).toContain(pair);
  });

  it('takes in a second parent only where its table stands out of the noise', async () => {
    // 20 columns of 500 rows, where DataSynthesizer takes 10 parents each: 2048 cells for 500 rows.
    const weak = await learnPairs(20, 500, { epsilon: 1, degree: 4 });
    expect(Math.max(...weak.columns.map(({ cumulative }) => cumulative.length))).toBeLessThanOrEqual(4);
    const strong = await learnPairs(6, 20_000, { epsilon: 5, degree: 3 });
    expect(Math.max(...strong.columns.map(({ parents }) => parents.length))).toBe(3);
    expect(
      strong.columns.every(({ parents, cumulative, groups }) => {
        const combinations = cumulative.length / groupCount(groups);
        return combinations === 2 ** parents.length;
      }),
    ).toBe(true);
  });

  it('pays a fifth for the columns, up to a fifth for the choices, and the rest for the tables', async () => {
    const { spent } = await learnPairs(8, 5000, { epsilon: 1, degree: 2 });
    const rhoOf = (purpose: RegExp): number =>
      spent.reduce(
        (sum, { purpose: own, cost }) => sum + (purpose.test(own) && cost.kind === 'zcdp' ? cost.rho : 0),
        0,
      );
    const all = rhoOf(/./);
    const choices = spent.filter(({ mechanism }) => mechanism === 'exponential');
    expect(rhoOf(/counts of 8 columns$/) / all).toBeCloseTo(0.2, 3);
    expect(rhoOf(/a parent/) / all).toBeCloseTo(0.2 * (choices.length / 14), 3);
    expect(choices.every(({ sensitivity }) => sensitivity === 1)).toBe(true);
    expect(spent.filter(({ purpose }) => purpose === 'counts of 7 columns with their parents')).toHaveLength(
      1,
    );
  });
});
