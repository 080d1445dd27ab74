import fc from 'fast-check';
import { Random } from '../random/random.js';
import { calibration } from './calibrate.js';
import { cellMap, sumOnto, tableCells } from './cell-map.js';
import type { Axes, AxisSizes } from './cell-map.js';
import { fitMarginals } from './fit-marginals.js';
import type { Measurement } from './fit-marginals.js';
import { isInside, junctionTree, junctionTreeCells, largestClique } from './junction-tree.js';

const someAxes = fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 3 });
const sizesOfSix = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 6, maxLength: 6 });
const all: Axes = [0, 1, 2, 3, 4, 5];

/** The law of the whole table, cell by cell: slow and plain. */
function wholeTable(
  potentials: readonly Float64Array[],
  cliques: readonly Axes[],
  sizes: AxisSizes,
): Float64Array {
  const logs = new Float64Array(tableCells(all, sizes));
  for (const [place, axes] of cliques.entries()) {
    const map = cellMap(all, axes, sizes);
    for (let cell = 0; cell < logs.length; cell += 1) logs[cell]! += potentials[place]![map[cell]!]!;
  }
  const weights = logs.map(Math.exp);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

describe('the map of cells', () => {
  it('sums a table onto some of its axes in any order', () => {
    const sizes = [2, 3];
    const table = Float64Array.from([1, 2, 3, 4, 5, 6]);
    const onto = (some: Axes): number[] => [
      ...sumOnto(table, cellMap([0, 1], some, sizes), tableCells(some, sizes)),
    ];
    expect(onto([0])).toEqual([6, 15]);
    expect(onto([1])).toEqual([5, 7, 9]);
    expect(onto([1, 0])).toEqual([1, 4, 2, 5, 3, 6]);
    expect(onto([])).toEqual([21]);
  });
});

describe('a junction tree', () => {
  it('holds every set in a clique, and keeps cliques with a common axis together', () => {
    fc.assert(
      fc.property(fc.array(someAxes, { maxLength: 8 }), sizesOfSix, (sets, sizes) => {
        const { cliques } = junctionTree(sets, sizes);
        for (const set of sets) expect(cliques.some(({ axes }) => isInside(set, axes))).toBe(true);
        for (const axis of all) {
          const holders = cliques.filter(({ axes }) => axes.includes(axis));
          const tops = holders.filter(({ separator }) => !separator.includes(axis));
          expect(tops).toHaveLength(1); // One top, so its holders are one subtree.
          expect(holders.length).toBeGreaterThan(0);
        }
        for (const [place, { axes, parent, separator }] of cliques.entries()) {
          expect(parent === null || parent < place).toBe(true);
          const above = parent === null ? [] : cliques[parent]!.axes;
          expect(separator).toEqual(axes.filter((axis) => above.includes(axis)));
          expect(cliques.filter((other) => isInside(axes, other.axes))).toHaveLength(1);
        }
        const cells = cliques.map(({ axes }) => tableCells(axes, sizes));
        expect(junctionTreeCells(sets, sizes)).toBe(cells.reduce((sum, one) => sum + one, 0));
        expect(largestClique(sets, sizes)).toBe(Math.max(...cells));
      }),
    );
  });
});

describe('calibration', () => {
  it('says of every clique what the whole table says', () => {
    fc.assert(
      fc.property(fc.array(someAxes, { maxLength: 6 }), sizesOfSix, fc.string(), (sets, sizes, seed) => {
        const tree = junctionTree(sets, sizes);
        const random = Random.fromSeed(seed);
        const potentials = tree.cliques.map(({ axes }) =>
          new Float64Array(tableCells(axes, sizes)).map(() => 8 * random.uniform() - 4),
        );
        const whole = wholeTable(
          potentials,
          tree.cliques.map(({ axes }) => axes),
          sizes,
        );
        const shares = calibration(tree).calibrate(potentials);
        for (const [place, { axes }] of tree.cliques.entries()) {
          const expected = sumOnto(whole, cellMap(all, axes, sizes), tableCells(axes, sizes));
          for (const [cell, share] of shares[place]!.entries())
            expect(share).toBeCloseTo(expected[cell]!, 10);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('fitted marginals', () => {
  const measure = (axes: Axes, counts: number[], variance = 1): Measurement => ({
    axes,
    counts: Float64Array.from(counts),
    variances: new Float64Array(counts.length).fill(variance),
  });
  const fit = async (
    measurements: Measurement[],
    sizes: AxisSizes,
    total: number,
  ): Promise<Float64Array[]> => {
    const tree = junctionTree(
      measurements.map(({ axes }) => axes),
      sizes,
    );
    return [...(await fitMarginals({ tree, measurements, total, iterations: 3000 })).counts];
  };

  it('are those measured, where they agree', async () => {
    const [first = [], second = []] = await fit(
      [measure([0, 1], [10, 20, 30, 40]), measure([1, 2], [25, 15, 20, 40])],
      [2, 2, 2],
      100,
    );
    [10, 20, 30, 40].forEach((count, cell) => {
      expect(first[cell]).toBeCloseTo(count, 1);
    });
    [25, 15, 20, 40].forEach((count, cell) => {
      expect(second[cell]).toBeCloseTo(count, 1);
    });
  });

  it('weigh those that disagree by their variance', async () => {
    // 60 with variance 1 and 40 with variance 3 of the same count: (60 * 3 + 40) / 4 = 55.
    const [counts = []] = await fit([measure([0], [60, 40], 1), measure([0], [40, 60], 3)], [2], 100);
    expect(counts[0]).toBeCloseTo(55, 1);
  });

  it('are never below 0, whatever was measured', async () => {
    const [counts = []] = await fit([measure([0], [-30, 130, 0])], [3], 100);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(0);
    expect(counts[1]).toBeGreaterThan(98);
  });

  it('refuse a measurement that no clique holds', async () => {
    const tree = junctionTree([[0]], [2, 2]);
    const measurements = [measure([0, 1], [1, 2, 3, 4])];
    await expect(fitMarginals({ tree, measurements, total: 10, iterations: 1 })).rejects.toThrow(
      'No clique holds',
    );
  });
});
