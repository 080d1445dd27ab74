import { Random } from '../../core/random/random.js';
import { comparePopulations, type ComparedFigure } from './compare-populations.js';
import type { PopulationSample } from './patient-sample.js';
import { SampleBuilder } from './sample-builder.js';
import { compareMeans, compareSamples, compareShares, falseDiscoveryRates } from './tests.js';

/** People with a condition by chance, older ones later, and visits in bunches. */
function aSample(
  seed: string,
  { people, ill, visits }: { people: number; ill: number; visits: number },
): PopulationSample {
  const random = Random.fromSeed(seed);
  const builder = new SampleBuilder();
  const readers = new Map(builder.readers());
  const add = (table: string, row: Readonly<Record<string, string>>): void => {
    readers.get(table)?.((column) => row[column] ?? '');
  };
  for (let person = 0; person < people; person += 1) {
    const id = String(person);
    const birth = 1930 + Math.floor(random.uniform() * 60);
    add('patients', {
      Id: id,
      GENDER: person % 2 === 0 ? 'F' : 'M',
      BIRTHDATE: `${birth}-01-01`,
      DEATHDATE: '',
    });
    if (random.uniform() < ill)
      add('conditions', { PATIENT: id, CODE: '1', DESCRIPTION: 'Illness', START: `${birth + 30}-01-01` });
    const often = random.uniform() < 0.1 ? 10 * visits : 0;
    for (let visit = 0; visit < often; visit += 1)
      add('encounters', { PATIENT: id, ENCOUNTERCLASS: 'ambulatory', START: '2020-01-01T00:00:00Z' });
  }
  return builder;
}
const find = (figures: readonly ComparedFigure[], section: string): ComparedFigure =>
  figures.find((one) => one.section === section)!;

describe('comparing populations', () => {
  const base = { people: 4000, ill: 0.3, visits: 3 };

  it('finds no difference between two samples of one population', () => {
    const figures = comparePopulations(aSample('a', base), aSample('b', base));
    expect(figures.length).toBeGreaterThan(5);
    expect(figures.filter(({ verdict }) => verdict === 'differs')).toEqual([]);
  });

  it('finds a changed share of patients, and no other difference', () => {
    const figures = comparePopulations(aSample('a', base), aSample('b', { ...base, ill: 0.36 }));
    expect(find(figures, 'patients with a condition').verdict).toBe('differs');
    expect(find(figures, 'encounters per patient').verdict).not.toBe('differs');
  });

  it('finds a changed number of visits', () => {
    const figures = comparePopulations(aSample('a', base), aSample('b', { ...base, visits: 5 }));
    expect(find(figures, 'encounters per patient').verdict).toBe('differs');
  });

  it('calls equal what was shown to be so, in large samples', () => {
    const large = { people: 20_000, ill: 0.3, visits: 0 };
    const figures = comparePopulations(aSample('a', large), aSample('b', large));
    expect(find(figures, 'patients with a condition').verdict).toBe('equal');
  });
});

describe('the tests', () => {
  it('give the z of two shares', () => {
    // 60 of 100 against 45 of 100: pooled 0.525, error 0.07062, z = -2.124.
    const { z, p } = compareShares({ count: 60, of: 100 }, { count: 45, of: 100 });
    expect(z).toBeCloseTo(-2.124, 3);
    expect(p).toBeCloseTo(0.0337, 3);
  });

  it('give the z of two means by their own variances', () => {
    // Half of 8 have 2 (mean 1, variance 1) against half of 8 have 6 (mean 3, variance 9): 2 / sqrt(10 / 8).
    expect(compareMeans({ counts: [2, 2, 2, 2], of: 8 }, { counts: [6, 6, 6, 6], of: 8 }).z).toBeCloseTo(
      2 / Math.sqrt(10 / 8),
      12,
    );
  });

  it('give the Kolmogorov-Smirnov distance, ties included', () => {
    expect(compareSamples([1, 2, 3, 4], [3, 4, 5, 6]).d).toBe(0.5);
    expect(compareSamples([1, 1, 1], [1, 1]).d).toBe(0);
    // D * sqrt(n m / (n + m)) = 1.36 is the 5 % point.
    const left = Array.from({ length: 1000 }, (_, index) => index);
    const shifted = left.map((value) => value + 61);
    expect(compareSamples(left, shifted).p).toBeCloseTo(0.05, 2);
  });

  it('correct for many tests as Benjamini and Hochberg do', () => {
    expect(falseDiscoveryRates([0.01, 0.04, 0.03, 0.5]).map((q) => q.toFixed(4))).toEqual([
      ...['0.0400', '0.0533', '0.0533', '0.5000'],
    ]);
  });
});
