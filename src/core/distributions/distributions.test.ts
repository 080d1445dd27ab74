import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describeWithShared } from '../../../test/support/shared-data.js';
import { betaDistribution } from './beta.js';
import type { Distribution } from './distribution.js';
import { fitBeta, fitGamma, fitTruncatedNormal, momentsOf } from './fit-distribution.js';
import { gammaDistribution } from './gamma.js';
import { gaussianKde, scottBandwidth } from './gaussian-kde.js';
import { normalCdf, normalDensity, normalQuantile } from './normal.js';
import { truncatedNormalDistribution } from './truncated-normal.js';

interface Univariate {
  readonly column: string;
  readonly distribution: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly x: readonly number[];
  readonly cdf: readonly number[];
  readonly pdf: readonly number[];
  readonly ppf: readonly number[];
}

type Named = Readonly<Record<string, number>>;
const number = (parameters: Named, name: string): number => parameters[name] ?? NaN;

function distributionOf(name: string, parameters: Named, values: Float64Array): Distribution {
  const [loc, scale] = [number(parameters, 'loc'), number(parameters, 'scale')];
  const [a, b] = [number(parameters, 'a'), number(parameters, 'b')];
  switch (name) {
    case 'beta':
      return betaDistribution({ a, b, loc, scale });
    case 'gamma':
      return gammaDistribution({ a, loc, scale });
    case 'truncnorm':
      return truncatedNormalDistribution({ a, b, loc, scale });
    case 'gaussian_kde':
      return gaussianKde(values, number(parameters, 'bandwidthSd'));
    case 'uniform':
      return {
        cdf: (x) => Math.min(1, Math.max(0, (x - loc) / scale)),
        density: (x) => (x >= loc && x <= loc + scale ? 1 / scale : 0),
        quantile: (p) => loc + p * scale,
      };
    default:
      return {
        cdf: (x) => normalCdf((x - loc) / scale),
        density: (x) => normalDensity((x - loc) / scale) / scale,
        quantile: (p) => loc + scale * normalQuantile(p),
      };
  }
}

function fitted(name: string, values: Float64Array): Named {
  const { mean, sd, low, high } = momentsOf(values);
  switch (name) {
    case 'beta':
      return { ...fitBeta(values) };
    case 'gamma':
      return { ...fitGamma(values) };
    case 'truncnorm':
      return { ...fitTruncatedNormal(values) };
    case 'gaussian_kde':
      return { bandwidthSd: scottBandwidth(values), factor: values.length ** -0.2 };
    case 'uniform':
      return { loc: low, scale: high - low };
    default:
      return { loc: mean, scale: sd };
  }
}

const logLikelihood = (distribution: Distribution, values: Float64Array): number =>
  values.reduce((sum, value) => sum + Math.log(distribution.density(value)), 0);

describeWithShared('the distributions that Copulas fits', 'metric-vectors', (folder) => {
  const { probabilities, univariate } = JSON.parse(
    readFileSync(`${folder}/copulas-expected.json`, 'utf8'),
  ) as { probabilities: number[]; univariate: Univariate[] };
  const [header = '', ...lines] = readFileSync(`${folder}/breast-cancer/real.csv`, 'utf8')
    .trim()
    .split(/\r?\n/);
  const valuesOf = (column: string): Float64Array =>
    Float64Array.from(lines, (line) => Number(line.split(',')[header.split(',').indexOf(column)]));

  it.each(univariate.map((each) => [each.distribution, each.column, each] as const))(
    '%s of %s',
    (name, column, expected) => {
      const values = valuesOf(column);
      const theirs = distributionOf(name, expected.parameters, values);
      expected.x.forEach((x, at) => {
        expect(Math.abs(theirs.cdf(x) - expected.cdf[at]!)).toBeLessThan(1e-6);
        expect(theirs.density(x) / (1 + expected.pdf[at]!)).toBeCloseTo(
          expected.pdf[at]! / (1 + expected.pdf[at]!),
          7,
        );
      });
      probabilities.forEach((p, at) => {
        const size = Math.max(1, Math.abs(expected.ppf[at]!));
        expect(theirs.quantile(p) / size).toBeCloseTo(expected.ppf[at]! / size, 5);
      });
      const found = fitted(name, values);
      if (['norm', 'uniform', 'gaussian_kde'].includes(name)) {
        for (const [parameter, value] of Object.entries(expected.parameters))
          expect(number(found, parameter)).toBeCloseTo(value, 6);
        return;
      }
      // Where optimisers stop is their own affair; the likelihood says which is better.
      const ours = logLikelihood(distributionOf(name, found, values), values);
      expect(ours).toBeGreaterThan(logLikelihood(theirs, values) - 1e-3);
    },
  );
});

describe('the standard normal', () => {
  it('has a quantile that undoes its distribution function', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 0.5, noNaN: true }), (p) => {
        expect(Math.abs(normalCdf(normalQuantile(p)) / p - 1)).toBeLessThan(1e-8);
      }),
    );
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
    expect(normalQuantile(1e-300)).toBeCloseTo(-37.0471, 3);
    expect([normalQuantile(0), normalQuantile(1), normalCdf(40), normalCdf(-40)]).toEqual([
      -Infinity,
      Infinity,
      1,
      0,
    ]);
  });
});
