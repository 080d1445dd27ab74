import { groupBy } from '../../../core/collections/group-by.js';
import { WeightedChoice } from '../../tabular/weighted-choice.js';
import type { Sex } from '../growth/growth-charts.js';
import { PackError, readRecords, type PackRecord } from '../tables/read-records.js';
import type { Stratum } from './stratum-choice.js';

/** NHS ethnic categories in the order of the columns. */
export const ethnicCodes = 'ABCDEFGHJKLMNPRS'.split('');
const ages = Array.from({ length: 91 }, (_, age) => age);

export interface RegionStratum extends Stratum {
  readonly areaName: string;
}

interface Town {
  readonly code: string;
  readonly name: string;
  readonly people: number;
  readonly byEthnicity: readonly number[];
  /** Picks the deprivation group, 0 the most deprived fifth of the country. */
  readonly deprivation: WeightedChoice;
}

interface Towns {
  readonly members: readonly Town[];
  /** One choice for each of {@link ethnicCodes}. */
  readonly byEthnicity: readonly WeightedChoice[];
}

/** People by region, sex and single year of age. */
export function readStrata(text: string): readonly RegionStratum[] {
  return readRecords(text, 'population.csv').map((record) => ({
    area: record.text('area_code'),
    areaName: record.text('area_name'),
    sex: sexOf(record),
    byAge: ages.map((age) => record.number(String(age))),
  }));
}

/** Picks an index of {@link ethnicCodes} by area, sex and age. */
export function readEthnicity(
  text: string,
): (of: { area: string; sex: Sex; age: number }, uniform: number) => number {
  const choices = new Map(
    readRecords(text, 'ethnicity.csv').map((record) => [
      `${record.text('area_code')} ${sexOf(record)} ${record.text('age_band')}`,
      new WeightedChoice(
        'ethnicity.csv',
        ethnicCodes.map((code) => record.number(code)),
      ),
    ]),
  );
  return ({ area, sex, age }, uniform) => {
    const choice = choices.get(`${area} ${sex} ${ageBand(age)}`);
    if (choice === undefined) throw new PackError(`ethnicity.csv has nobody of ${area} ${sex} ${age}.`);
    return choice.pick(uniform);
  };
}

/** Local authorities by the code of their region. */
export function readTowns(text: string): ReadonlyMap<string, Towns> {
  const groups = groupBy(readRecords(text, 'local-authorities.csv'), (record) => record.text('area_code'));
  return new Map([...groups].map(([area, records]) => [area, townsOf(records.map(townOf))]));
}

export function townsOf(members: readonly Town[]): Towns {
  return {
    members,
    byEthnicity: ethnicCodes.map(
      // One more for everybody: a group that nobody of a town belongs to can live there all the same.
      (_, index) =>
        new WeightedChoice(
          'local-authorities.csv',
          members.map((town) => (town.byEthnicity[index] ?? 0) + 1),
        ),
    ),
  };
}

function townOf(record: PackRecord): Town {
  const byEthnicity = ethnicCodes.map((code) => record.number(code));
  return {
    code: record.text('code'),
    name: record.text('name'),
    people: byEthnicity.reduce((sum, count) => sum + count, 0),
    byEthnicity,
    deprivation: new WeightedChoice(
      'local-authorities.csv',
      [1, 2, 3, 4, 5].map((group) => record.number(`imd_${group}`)),
    ),
  };
}

function ageBand(age: number): string {
  if (age < 25) return '0-24';
  if (age < 50) return '25-49';
  return age < 65 ? '50-64' : '65+';
}

function sexOf(record: PackRecord): Sex {
  const sex = record.text('sex');
  if (sex !== 'male' && sex !== 'female') throw new PackError(`A sex is male or female, not "${sex}".`);
  return sex === 'male' ? 'M' : 'F';
}
