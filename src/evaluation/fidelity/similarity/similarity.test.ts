import { Random } from '../../../core/random/random.js';
import { featuresOf } from '../encoding/features.js';
import { propensity } from '../propensity/propensity.js';
import { compareVariable } from '../quality/compared-variable.js';
import type { ComparedVariable } from '../quality/compared-variable.js';
import { associations } from './associations.js';
import { kMarginal } from './k-marginal.js';
import { multivariateHellinger } from './multivariate-hellinger.js';
import { projectBoth } from './principal-components.js';
import { voasWilliamson } from './voas-williamson.js';

const random = Random.fromSeed('similarity');
const draw = (rows: number): Float64Array => Float64Array.from({ length: rows }, () => random.uniform());
const numbers = (name: string, real: Float64Array, synthetic: Float64Array): ComparedVariable =>
  compareVariable(name, { kind: 'continuous', values: real }, { kind: 'continuous', values: synthetic })!;
const words = (name: string, real: number[], synthetic: number[]): ComparedVariable => {
  const side = (codes: number[]) =>
    ({ kind: 'discrete', codes: Int32Array.from(codes), dictionary: ['a', 'b'] }) as const;
  return compareVariable(name, side(real), side(synthetic))!;
};

describe('measures of similarity', () => {
  it('finds associations by hand-worked examples', () => {
    const one = words('one', [0, 0, 1, 1], [0, 1, 0, 1]);
    const two = words('two', [0, 0, 1, 1], [0, 0, 1, 1]);
    const number = numbers('number', Float64Array.of(1, 3, 5, 7), Float64Array.of(1, 1, 1, 1));
    const found = associations([one, two, number]);
    expect(found[0]).toMatchObject({ kind: 'cramers-v', real: 1, synthetic: 0 });
    // Group means 2 and 6 about 4: between 16, total 9 + 1 + 1 + 9.
    expect(found[1]?.kind).toBe('correlation-ratio');
    expect(found[1]?.real).toBeCloseTo(Math.sqrt(16 / 20), 12);
    expect(found[1]?.synthetic).toBeNull();
  });

  it('gives Hellinger 0 to a table and itself, and nearly 1 to opposite correlations', () => {
    const x = draw(500);
    const noise = draw(500);
    const y = x.map((value, row) => value + 0.05 * noise[row]!);
    const same = multivariateHellinger([numbers('x', x, x), numbers('y', y, y)]);
    const opposite = y.map((value) => -value);
    const other = multivariateHellinger([numbers('x', x, x), numbers('y', y, opposite)]);
    expect(same.value).toBeCloseTo(0, 6);
    expect(other.value).toBeGreaterThan(0.8);
  });

  it('gives the Voas-Williamson statistic and the k-marginal score of a worked table', () => {
    const columns = [
      {
        original: { codes: Int32Array.of(0, 0, 1, 1), size: 2 },
        synthetic: { codes: Int32Array.of(0, 1, 1, 1), size: 2 },
      },
    ];
    // (1 - 2)^2 / 1.5 + (3 - 2)^2 / 2.5, one degree of freedom.
    expect(voasWilliamson(columns)).toBeCloseTo(1 / 1.5 + 1 / 2.5, 12);
    // As a pair with itself the shares are 1/2, 1/2 and 1/4, 3/4: half the summed differences is 1/4.
    expect(kMarginal([...columns, ...columns]).value).toBeCloseTo(750, 9);
  });

  it('has a pMSE near its null mean for two draws of one source, and far above it for a shift', () => {
    const three = (shift: number): ComparedVariable[] =>
      ['a', 'b', 'c'].map((name) =>
        numbers(
          name,
          draw(4000),
          draw(4000).map((value) => value + shift),
        ),
      );
    const alike = propensity(featuresOf(three(0)))!;
    // With 3 features the ratio is chi-square with 3 degrees of freedom over 3: above 5.4 once in a thousand seeds.
    expect(alike.ratio).toBeLessThan(5.4);
    expect(alike.auc).toBeLessThan(0.55);
    const shifted = propensity(featuresOf(three(0.5)))!;
    expect(shifted.ratio).toBeGreaterThan(100);
    expect(shifted.auc).toBeGreaterThan(0.9);
  });

  it('lays both tables on the components of the real one', () => {
    const [x, z] = [draw(300), draw(300)];
    const pair = [numbers('x', x, z), numbers('y', x, x), numbers('z', z, z)];
    const projected = projectBoth(featuresOf(pair))!;
    // x and y are one direction of the real table with two thirds of its variance; z is the other.
    expect(projected.realShare[0] + projected.realShare[1]).toBeCloseTo(1, 6);
    expect(projected.realShare[0]).toBeGreaterThan(0.6);
    expect(projected.syntheticShare[0] + projected.syntheticShare[1]).toBeLessThan(0.95);
  });
});
