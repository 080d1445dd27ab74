import { Random } from '../random/random.js';
import { growTree } from './grow-tree.js';
import type { GrowOptions, GrownTree, TreeTarget } from './grow-tree.js';
import { leafOf } from './tree.js';
import type { BinnedFeature } from './tree.js';

const options: GrowOptions = { minLeaf: 1, depthMax: 30, minGainShare: 1e-8, noiseFactor: 0 };
const ordered = (...bins: number[]): BinnedFeature => ({
  kind: 'ordered',
  bins: Uint8Array.from(bins),
  binCount: Math.max(...bins) + 1,
});
const levels = (...bins: number[]): BinnedFeature => ({ ...ordered(...bins), kind: 'levels' });
const values = (...targets: number[]): TreeTarget => ({
  kind: 'values',
  values: Float64Array.from(targets),
});
const classes = (...codes: number[]): TreeTarget => ({
  kind: 'classes',
  codes: Uint8Array.from(codes),
  classCount: Math.max(...codes) + 1,
});
const allRows = (count: number): Int32Array => Int32Array.from({ length: count }, (_, row) => row);
const leavesOf = ({ rows, leafStarts }: GrownTree): number[][] =>
  Array.from({ length: leafStarts.length - 1 }, (_, leaf) =>
    [...rows.subarray(leafStarts[leaf], leafStarts[leaf + 1])].sort((a, b) => a - b),
  );
const grow = (features: BinnedFeature[], target: TreeTarget, given: Partial<GrowOptions> = {}): GrownTree =>
  growTree(features, target, allRows(features[0]?.bins.length ?? 0), { ...options, ...given });

describe('a tree', () => {
  it.each([
    // Sums of squares by hand: parting {1, 1, 2} from {8, 9} leaves 2/3 + 1/2, less than any other cut.
    [
      'numbers at a bin',
      [ordered(0, 1, 2, 3, 4)],
      values(1, 1, 2, 8, 9),
      1,
      [
        [0, 1, 2],
        [3, 4],
      ],
    ],
    [
      'by the better feature',
      [ordered(0, 1, 0, 1), ordered(0, 0, 1, 1)],
      values(1, 1, 5, 5),
      1,
      [
        [0, 1],
        [2, 3],
      ],
    ],
    // Means by level: 0 -> 9, 1 -> 1, 2 -> 8, 3 -> 2. The best two sets are {1, 3} and {0, 2}, no interval of bins.
    [
      'levels by their mean',
      [levels(0, 1, 2, 3)],
      values(9, 1, 8, 2),
      1,
      [
        [1, 3],
        [0, 2],
      ],
    ],
    // Gini sums: {0,0,0 | 1,1,2} keeps 3 + (4 + 1)/3 = 4.67; {0,0,0,1,1 | 2} keeps 13/5 + 1 = 3.6.
    [
      'classes at a bin',
      [ordered(0, 0, 0, 1, 1, 2)],
      classes(0, 0, 0, 1, 1, 2),
      1,
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ],
    // Entropy keeps 0 of {0,0,0} and 3 ln 3 - 2 ln 2 = 1.91 of the rest, against 5 ln 5 - 3 ln 3 - 2 ln 2 = 3.37.
    [
      'classes at a bin by entropy',
      [ordered(0, 0, 0, 1, 1, 2)],
      { ...classes(0, 0, 0, 1, 1, 2), criterion: 'entropy' as const },
      1,
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ],
    // {0,1 | 0,1,1,1,1}: Gini sums 1 + 17/5 = 4.40, entropy -3.89. {0,0,1,1,1,1 | 1}: Gini sums 10/3 + 1 = 4.33,
    // entropy -3.82. Each rule takes the greater.
    [
      'where Gini says',
      [ordered(0, 0, 1, 1, 1, 1, 2)],
      classes(0, 1, 0, 1, 1, 1, 1),
      1,
      [
        [0, 1],
        [2, 3, 4, 5, 6],
      ],
    ],
    [
      'where entropy says',
      [ordered(0, 0, 1, 1, 1, 1, 2)],
      { ...classes(0, 1, 0, 1, 1, 1, 1), criterion: 'entropy' as const },
      1,
      [[0, 1, 2, 3, 4, 5], [6]],
    ],
    [
      'levels by class',
      [levels(0, 1, 2, 0, 1, 2)],
      classes(0, 1, 0, 0, 2, 0),
      1,
      [
        [1, 4],
        [0, 2, 3, 5],
      ],
    ],
  ] as const)('splits %s', (_, features, target, depthMax, expected) => {
    const leaves = leavesOf(grow([...features], target, { depthMax }));
    expect(new Set(leaves.map(String))).toEqual(new Set(expected.map(String)));
  });

  it.each([
    ['rows enough for two leaves', [ordered(0, 1, 2)], values(1, 2, 3), { minLeaf: 2 }],
    ['a depth to go to', [ordered(0, 1)], values(1, 2), { depthMax: 0 }],
    ['anything to gain', [ordered(0, 1, 2, 3)], values(7, 7, 7, 7), {}],
    ['a feature', [], values(1, 2), {}],
  ] as const)('does not split without %s', (_, features, target, given) => {
    const rows = features.length === 0 ? allRows(2) : allRows(features[0].bins.length);
    expect(growTree([...features], target, rows, { ...options, ...given }).tree.leafCount).toBe(1);
  });

  it('leads every row to the leaf whose donor it is, and keeps leaves at the minimum', () => {
    const random = Random.fromSeed('tree');
    const at = (draw: number, below: number) => (row: number) =>
      Math.floor(random.uniformAt(row, draw) * below);
    const rows = Array.from(allRows(3000));
    const features = [
      ordered(...rows.map(at(0, 256))),
      levels(...rows.map(at(1, 40))),
      ordered(...rows.map(at(2, 3))),
    ];
    for (const target of [
      values(...rows.map((row) => at(3, 50)(row) + at(0, 99)(row))),
      classes(...rows.map(at(1, 5))),
    ]) {
      const grown = grow(features, target, { minLeaf: 20 });
      const leaves = leavesOf(grown);
      expect(leaves.flat().sort((a, b) => a - b)).toEqual(rows);
      expect(Math.min(...leaves.map(({ length }) => length))).toBeGreaterThanOrEqual(20);
      expect(leaves.length).toBeGreaterThan(3);
      const bins = features.map((feature) => feature.bins);
      leaves.forEach((donors, leaf) => {
        expect(donors.filter((row) => leafOf(grown.tree, bins, row) !== leaf)).toEqual([]);
      });
    }
  });

  it('never cuts off a small leaf of one rare value', () => {
    const rows = Array.from(allRows(200));
    // Rows 0 to 29 have a value of their own that the feature tells apart at once.
    const features = [ordered(...rows.map((row) => (row < 30 ? 0 : 1 + (row % 5))))];
    const target = values(...rows.map((row) => (row < 30 ? 100 : row % 5)));
    const isAlone = (grown: GrownTree): boolean =>
      leavesOf(grown).some((leaf) => leaf.every((row) => row < 30));
    const purity = { rows: 50, isRare: (value: number) => value === 100 };
    expect(isAlone(grow(features, target, { minLeaf: 20 }))).toBe(true);
    expect(isAlone(grow(features, target, { minLeaf: 20, purity }))).toBe(false);
    expect(grow(features, target, { minLeaf: 20, purity }).tree.leafCount).toBeGreaterThan(1);
    expect(isAlone(grow(features, target, { minLeaf: 20, purity: { ...purity, rows: 30 } }))).toBe(true);
  });

  it('looks at as many features as it is told, another choice at each node', () => {
    const bins = Array.from(allRows(64));
    const features = [0, 1, 2, 3, 4, 5].map((bit) => ordered(...bins.map((row) => (row >> bit) & 1)));
    const random = Random.fromSeed('some wood');
    const { tree } = grow(features, values(...bins), { featuresPerSplit: { count: 1, random } });
    expect(new Set(tree.feature).size).toBe(7); // All six, and -1 for the leaves.
    expect(tree.feature[0]).not.toBe(5); // The best of all was not among those drawn for the root.
  });

  // scikit-learn 1.9 (DecisionTreeRegressor and -Classifier, min_samples_leaf 20) on the same 2000 rows: leaves, and the
  // sum of squared errors or the accuracy on those rows.
  describe.each([
    { depthMax: 3, regression: [8, 7654156], classification: [8, 0.641] },
    { depthMax: 30, regression: [77, 6579400], classification: [18, 1] },
  ])('of depth $depthMax is as good as that of scikit-learn', ({ depthMax, regression, classification }) => {
    const rows = Array.from(allRows(2000));
    const [x, y, z] = [
      rows.map((i) => (i * 37) % 101),
      rows.map((i) => (i * 53) % 97),
      rows.map((i) => (i * i) % 89),
    ];
    const features = [ordered(...x), ordered(...y), ordered(...z)];

    it('for numbers', () => {
      const targets = rows.map((i) => ((x[i]! * y[i]!) % 211) + (z[i]! > 40 ? 100 : 0) + x[i]!);
      const leaves = leavesOf(grow(features, values(...targets), { minLeaf: 20, depthMax }));
      const errors = leaves.map((leaf) => {
        const mean = leaf.reduce((sum, row) => sum + targets[row]!, 0) / leaf.length;
        return leaf.reduce((sum, row) => sum + (targets[row]! - mean) ** 2, 0);
      });
      expect([leaves.length, Math.round(errors.reduce((sum, error) => sum + error, 0))]).toEqual(regression);
    });

    it('for classes', () => {
      const codes = rows.map(
        (i) => (Math.floor(x[i]! / 34) + Math.floor(y[i]! / 40) + (z[i]! > 60 ? 1 : 0)) % 4,
      );
      const leaves = leavesOf(grow(features, classes(...codes), { minLeaf: 20, depthMax }));
      const right = leaves.map((leaf) =>
        Math.max(...[0, 1, 2, 3].map((code) => leaf.filter((row) => codes[row] === code).length)),
      );
      expect([leaves.length, right.reduce((sum, count) => sum + count, 0) / 2000]).toEqual(classification);
    });
  });
});
