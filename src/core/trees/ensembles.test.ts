import { Random } from '../random/random.js';
import { growBoosting, predictBoosting } from './gradient-boosting.js';
import type { TreeTarget } from './grow-tree.js';
import { growForest, predictForest } from './random-forest.js';
import type { BinnedFeature } from './tree.js';

const random = Random.fromSeed('ensembles');
const rowCount = 600;
const rows = Array.from({ length: rowCount }, (_, row) => row);
const uniform = (draw: number) => (row: number) => random.uniformAt(row, draw);
const feature = (draw: number): BinnedFeature => ({
  kind: 'ordered',
  bins: Uint8Array.from(rows, (row) => Math.floor(16 * uniform(draw)(row))),
  binCount: 16,
});
const features = [feature(0), feature(1), feature(2)];
const bins = features.map((one) => one.bins);
const bin = (at: number, row: number): number => bins[at]![row]!;
/** An exclusive or: no single split gains anything, and no linear model sees it. */
const isOdd = (row: number): boolean => bin(0, row) < 8 !== bin(1, row) < 8;
const twoClasses = {
  kind: 'classes' as const,
  codes: Uint8Array.from(rows, (row) => (isOdd(row) ? 1 : 0)),
  classCount: 2,
};
const threeClasses = {
  kind: 'classes' as const,
  codes: Uint8Array.from(rows, (row) => Math.floor(bin(0, row) / 6)),
  classCount: 3,
};
const values = {
  kind: 'values' as const,
  values: Float64Array.from(rows, (row) => 10 * bin(0, row) + bin(1, row)),
};
const forestOptions = { treeCount: 30, minLeaf: 2, depthMax: 20, featuresPerSplit: 2 };
const boostingOptions = { rounds: 60, learningRate: 0.2, minLeaf: 5, depthMax: 4 };
const learners = {
  forest: (target: TreeTarget) =>
    predictForest(
      growForest(features, target, { ...forestOptions, random: Random.fromSeed('forest') }),
      bins,
      rowCount,
    ),
  boosting: (target: TreeTarget) =>
    predictBoosting(growBoosting(features, target, boostingOptions), bins, rowCount),
};

describe.each(Object.entries(learners))('a %s of trees', (_, learn) => {
  it.each([
    ['two classes', twoClasses],
    ['two classes by entropy', { ...twoClasses, criterion: 'entropy' as const }],
    ['three classes', threeClasses],
  ])('learns %s, with shares that sum to 1', (_name, target) => {
    const shares = learn(target);
    expect(shares).toHaveLength(target.classCount);
    const { codes } = target;
    let right = 0;
    for (const row of rows) {
      const own = shares.map((share) => share[row]!);
      expect(own.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
      if (own.indexOf(Math.max(...own)) === codes[row]) right += 1;
    }
    expect(right / rowCount).toBeGreaterThan(0.95);
  });

  it('learns values', () => {
    const [found] = learn(values);
    const error = rows.reduce((sum, row) => sum + (found![row]! - values.values[row]!) ** 2, 0) / rowCount;
    // The values spread over 0 to 165, with a variance of about 100 * 21 + 21.
    expect(error).toBeLessThan(40);
  });

  it('is the same for the same input', () => {
    expect(learn(twoClasses)).toEqual(learn(twoClasses));
  });
});

describe('boosting', () => {
  it('stays finite where a class is never seen, or always', () => {
    for (const code of [0, 1]) {
      const target: TreeTarget = {
        kind: 'classes',
        codes: new Uint8Array(rowCount).fill(code),
        classCount: 2,
      };
      const [none, all] = learners.boosting(target);
      expect([none![0]!, all![0]!].every((share) => share >= 0 && share <= 1)).toBe(true);
      expect((code === 1 ? all : none)![0]).toBeGreaterThan(0.99);
    }
  });
});
