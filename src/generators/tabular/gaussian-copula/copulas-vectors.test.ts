import { readFileSync } from 'node:fs';
import { describeWithShared } from '../../../../test/support/shared-data.js';
import { betaDistribution } from '../../../core/distributions/beta.js';
import { gaussianKde } from '../../../core/distributions/gaussian-kde.js';
import { normalCdf } from '../../../core/distributions/normal.js';
import { truncatedNormalDistribution } from '../../../core/distributions/truncated-normal.js';
import { cholesky } from '../../../core/linear-algebra/cholesky.js';
import { latentCorrelation } from './latent-correlation.js';
import { latentLaw } from './latent-law.js';
import { normalScore } from './normal-scores.js';

interface Multivariate {
  readonly distribution: string;
  readonly columns: readonly string[];
  readonly correlation: readonly (readonly number[])[];
  readonly logDensityOfFirst5Rows: readonly number[];
  readonly condition: Readonly<Record<string, number>>;
  readonly conditionNormal: readonly number[];
  readonly remainingColumns: readonly string[];
  readonly conditionalMean: readonly number[];
  readonly conditionalCovariance: readonly (readonly number[])[];
}
interface Univariate {
  readonly column: string;
  readonly distribution: string;
  readonly parameters: Readonly<Record<string, number>>;
}

describeWithShared('the copulas of Copulas', 'metric-vectors', (folder) => {
  const { univariate, multivariate } = JSON.parse(
    readFileSync(`${folder}/copulas-expected.json`, 'utf8'),
  ) as { univariate: Univariate[]; multivariate: Multivariate[] };
  const [header = '', ...lines] = readFileSync(`${folder}/breast-cancer/real.csv`, 'utf8')
    .trim()
    .split(/\r?\n/);
  const valuesOf = (column: string): Float64Array =>
    Float64Array.from(lines, (line) => Number(line.split(',')[header.split(',').indexOf(column)]));

  function cdfOf(distribution: string, column: string): (x: number) => number {
    const found = univariate.find((each) => each.column === column && each.distribution === distribution)!;
    const { loc = 0, scale = 1, a = 0, b = 0, bandwidthSd = 1 } = found.parameters;
    if (distribution === 'norm') return (x) => normalCdf((x - loc) / scale);
    if (distribution === 'beta') return (x) => betaDistribution({ a, b, loc, scale }).cdf(x);
    if (distribution === 'truncnorm') return (x) => truncatedNormalDistribution({ a, b, loc, scale }).cdf(x);
    const kde = gaussianKde(valuesOf(column), bandwidthSd);
    return (x) => kde.cdf(x);
  }

  it.each(multivariate.map((each) => [each.distribution, each] as const))(
    'with %s marginals: correlation, density, conditional mean and covariance',
    (distribution, expected) => {
      const { columns } = expected;
      const coefficients = Float64Array.of(1);
      const scored = columns.map((column) => {
        const cdf = cdfOf(distribution, column);
        return { scores: valuesOf(column).map((x) => normalScore(cdf(x))), coefficients };
      });
      const correlation = latentCorrelation(scored, 2);
      const size = columns.length;
      // Upstream's own beta cdf of mean_area has 1e-6 of noise of its own (b = 1.6e11).
      const digits = distribution === 'beta' ? 4 : 6;
      correlation.values.forEach((value, at) => {
        expect(value).toBeCloseTo(expected.correlation[Math.floor(at / size)]![at % size]!, digits);
      });
      const factor = cholesky(correlation)!.values;
      expected.logDensityOfFirst5Rows.forEach((logDensity, row) => {
        const normals: number[] = [];
        let sum = (-size / 2) * Math.log(2 * Math.PI);
        for (let at = 0; at < size; at += 1) {
          let rest = scored[at]!.scores[row]!;
          for (let k = 0; k < at; k += 1) rest -= factor[at * size + k]! * normals[k]!;
          normals.push(rest / factor[at * size + at]!);
          sum += -0.5 * normals[at]! ** 2 - Math.log(factor[at * size + at]!);
        }
        expect(sum).toBeCloseTo(logDensity, digits - 2);
      });
      const names = Object.keys(expected.condition);
      names.forEach((name, at) => {
        const score = normalScore(cdfOf(distribution, name)(expected.condition[name]!));
        expect(score).toBeCloseTo(expected.conditionNormal[at]!, digits);
      });
      const open = { low: 0, high: 1 };
      const law = latentLaw(correlation, new Map(names.map((name) => [columns.indexOf(name), open])));
      const entry = (row: number, column: number): number => law.factor.values[row * size + column]!;
      // The normals that give the known scores, and what they make of the others.
      const known: number[] = [];
      names.forEach((_, at) => {
        let rest = expected.conditionNormal[at]!;
        for (let k = 0; k < at; k += 1) rest -= entry(at, k) * known[k]!;
        known.push(rest / entry(at, at));
      });
      const placeOf = (name: string): number => law.order.indexOf(columns.indexOf(name));
      expected.remainingColumns.forEach((name, left) => {
        const row = placeOf(name);
        const mean = known.reduce((sum, value, k) => sum + value * entry(row, k), 0);
        expect(mean).toBeCloseTo(expected.conditionalMean[left]!, digits - 1);
        expected.remainingColumns.forEach((other, right) => {
          let covariance = 0;
          for (let k = names.length; k < size; k += 1) covariance += entry(row, k) * entry(placeOf(other), k);
          expect(covariance).toBeCloseTo(expected.conditionalCovariance[left]![right]!, digits - 1);
        });
      });
    },
  );
});
