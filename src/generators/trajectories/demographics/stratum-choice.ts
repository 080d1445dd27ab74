import type { Random } from '../../../core/random/random.js';
import { WeightedChoice } from '../../tabular/weighted-choice.js';
import type { Sex } from '../growth/growth-charts.js';
import { birthFor, exactAge } from './birth-date.js';
import { NobodyThereError, type PersonCriteria } from './demographics.js';
import { drawFor } from './person-draws.js';

/** People of one area and sex, counted by age in whole years; the last age is 90 and over. */
export interface Stratum {
  readonly area: string;
  readonly sex: Sex;
  readonly byAge: readonly number[];
}

interface ChosenStratum<S extends Stratum> {
  readonly stratum: S;
  readonly age: number;
  readonly birth: number;
}

/**
 * Draws area, sex, age and birth date among the people who meet the criteria, each person equally likely.
 * @throws {NobodyThereError} when there is none
 */
export function stratumChoice<S extends Stratum>(
  strata: readonly S[],
  { age, sex }: Pick<PersonCriteria, 'age' | 'sex'>,
  referenceDate: number,
): (random: Random) => ChosenStratum<S> {
  const { low, high } = age ?? { low: 0, high: 110 };
  const groups = strata
    .filter((one) => sex === undefined || one.sex === sex)
    .map((stratum) => ({ stratum, byAge: withinAges(stratum.byAge, low, high) }));
  const counts = groups.map(({ byAge }) => byAge.reduce((sum, count) => sum + count, 0));
  if (!counts.some((count) => count > 0))
    throw new NobodyThereError(`Nobody is from ${low} to ${high} years old there.`);
  const choice = new WeightedChoice('people by area and sex', counts);
  const ages = groups.map(({ byAge }, index) =>
    (counts[index] ?? 0) > 0 ? new WeightedChoice('people by age', byAge) : null,
  );
  return (random) => {
    const index = choice.pick(drawFor(random, 'area'));
    const stratum = groups[index]?.stratum;
    const group = ages[index]?.pick(drawFor(random, 'age'));
    if (stratum === undefined || group === undefined) throw new RangeError('No stratum was drawn.');
    const years = exactAge(group, low, high, random);
    return { stratum, age: years, birth: birthFor(years, referenceDate, random) };
  };
}

/** Counts outside the ages are none; the open last group counts when the range reaches into it. */
function withinAges(byAge: readonly number[], low: number, high: number): readonly number[] {
  return byAge.map((count, age) => {
    const isOpen = age === byAge.length - 1;
    return high >= age && (isOpen || low <= age) ? count : 0;
  });
}
