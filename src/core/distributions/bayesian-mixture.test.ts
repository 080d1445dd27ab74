import fc from 'fast-check';
import { fitBayesianMixture } from './bayesian-mixture.js';
import type { NormalMixture, WeightedValues } from './bayesian-mixture.js';
import { digamma } from './digamma.js';
import { normalQuantile } from './normal.js';

const settings = { components: 10, concentration: 0.001, roundsMax: 100, tolerance: 1e-3 };

/** An even, unordered filling of (0, 1). */
const even = (row: number, factor: number): number => ((row + 0.5) * factor) % 1;
const [golden, silver] = [0.6180339887498949, 0.41421356237309515];

function weighted(values: readonly number[]): WeightedValues {
  const counts = new Map<number, number>();
  for (const value of [...values].sort((a, b) => a - b)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return { values: Float64Array.from(counts.keys()), counts: Float64Array.from(counts.values()) };
}

const numbers = (rows: number, of: (row: number) => number): number[] =>
  Array.from({ length: rows }, (_, row) => of(row));

const bimodal = numbers(600, (row) => {
  const normal = normalQuantile(even(row, golden));
  return even(row, silver) < 0.3 ? -2 + 0.5 * normal : 1.5 + normal;
});
const spike = numbers(500, (row) => (even(row, silver) < 0.4 ? 0 : -Math.log(1 - even(row, golden))));

/** Components of more than 0.005, by their means. */
function heavy({ weights, means, deviations }: NormalMixture): number[][] {
  return Array.from(weights, (weight, k) => [weight, means[k]!, deviations[k]!])
    .filter(([weight]) => weight! > 0.005)
    .sort((a, b) => a[1]! - b[1]!);
}

describe('the Bayesian mixture of normals', () => {
  // scikit-learn 1.9.1, BayesianGaussianMixture(10, "dirichlet_process", 0.001, max_iter=100), started as ours is.
  it.each([
    [
      'two modes',
      bimodal,
      [
        [0.3054524015472041, -1.9688668497463833, 0.5731853691767961],
        [0.025460915547113525, 1.2809003557933945, 1.6341972527381015],
        [0.2123105644621555, 1.4610045266774767, 0.9982811838208834],
        [0.12912532407776678, 1.5135872992113035, 1.1083010219337797],
        [0.3203939545559517, 1.528261684293939, 0.9337056270734985],
      ],
    ],
    [
      'a spike and a long tail',
      spike,
      [
        [0.5000644764679313, 0.029519758895904823, 0.09341117880940925],
        [0.23083259020888547, 0.5456382242735872, 0.30245594972283524],
        [0.10630438674730419, 1.1439086605843256, 0.5011166229303736],
        [0.14974419194722913, 1.9086483706781594, 0.9230672215835715],
        [0.01092576907790489, 4.185253031669199, 2.4951806932548606],
      ],
    ],
  ])("has scikit-learn's components for %s", (_, values, components) => {
    const found = heavy(fitBayesianMixture(weighted(values), settings));
    expect(found).toHaveLength(components.length);
    for (const [k, component] of components.entries())
      for (const [at, figure] of component.entries()) expect(found[k]![at]).toBeCloseTo(figure, 6);
  });

  it('stops when the lower bound does', () => {
    const few = fitBayesianMixture(weighted(spike), { ...settings, roundsMax: 2 });
    const eager = fitBayesianMixture(weighted(spike), { ...settings, tolerance: Infinity });
    expect(few).not.toEqual(fitBayesianMixture(weighted(spike), settings));
    expect(eager).toEqual(few);
  });

  it('has weights of 1 together and finite normals, whatever the values', () => {
    const values = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, (given) => {
        const { weights, means, deviations } = fitBayesianMixture(weighted(given), settings);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
        expect([...means, ...deviations].every(Number.isFinite)).toBe(true);
        expect(Math.min(...deviations)).toBeGreaterThan(0);
      }),
      { numRuns: 50 },
    );
  });
});

describe('digamma', () => {
  const eulerGamma = 0.5772156649015329;
  it.each([
    [1, -eulerGamma],
    [0.5, -eulerGamma - 2 * Math.LN2],
    [2, 1 - eulerGamma],
    [100, 4.600161852738087],
  ])('of %d is %d', (x, value) => {
    expect(digamma(x)).toBeCloseTo(value, 11);
  });
});
