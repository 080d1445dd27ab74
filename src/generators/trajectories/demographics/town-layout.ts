import { groupBy } from '../../../core/collections/group-by.js';
import { WeightedChoice } from '../../tabular/weighted-choice.js';
import { PackError, readRecords, type PackRecord } from '../tables/read-records.js';
import { educations } from './demographics.js';
import type { Stratum } from './stratum-choice.js';

const raceColumns = ['WHITE', 'BLACK', 'ASIAN', 'NATIVE', 'OTHER'] as const;
export const townRaces = raceColumns.map((name) => name.toLowerCase());
/** Lower and upper end of yearly income in thousands. */
export const incomeBands: readonly (readonly [number, number])[] = [
  ...([
    [0, 10],
    [10, 15],
    [15, 25],
    [25, 35],
    [35, 50],
  ] as const),
  ...([
    [50, 75],
    [75, 100],
    [100, 150],
    [150, 200],
    [200, 999],
  ] as const),
];
const incomeColumns = ['00..10', '10..15', '15..25', '25..35', '35..50', '50..75', '75..100'].concat([
  ...['100..150', '150..200', '200..999'],
]);
const educationColumns = ['LESS_THAN_HS', 'HS_DEGREE', 'SOME_COLLEGE', 'BS_DEGREE'];
/** The last band, 85 and over, is spread by this yearly survival. */
const survivalAfter85 = 0.87;

/** One town and sex of a file in the layout of Synthea(TM)'s `demographics.csv`. */
export interface TownStratum extends Stratum {
  readonly name: string;
  readonly state: string;
  readonly county: string;
  readonly people: number;
  readonly hispanic: number;
  /** Picks an index of {@link townRaces}. */
  readonly races: WeightedChoice;
  /** Picks an index of {@link incomeBands}. */
  readonly incomes: WeightedChoice;
  /** Picks an index of `educations`. */
  readonly educations: WeightedChoice;
}

/**
 * A place whose cells of income, or of education, are all empty or 0 has those of its state, by the people of its other places:
 * one in fifteen of the towns of the United States is like that. For a state without any, those of the whole file.
 * @throws {PackError} naming the line and column
 */
export function readTownStrata(text: string, file: string): readonly TownStratum[] {
  const records = readRecords(text, file);
  if (records.length === 0) throw new PackError(`${file} has no town.`);
  const incomes = sharesOrOfState(records, incomeColumns, file);
  const schooling = sharesOrOfState(records, educationColumns.slice(0, educations.length), file);
  return records.flatMap((record) =>
    townStrata(record, file, {
      incomes: new WeightedChoice(file, incomes(record)),
      educations: new WeightedChoice(file, schooling(record)),
    }),
  );
}

type SharesOf = (record: PackRecord) => readonly number[];

const sharesIn = (record: PackRecord, columns: readonly string[]): number[] =>
  columns.map((column) => record.number(column));

function sharesOrOfState(records: readonly PackRecord[], columns: readonly string[], file: string): SharesOf {
  const isEmpty = (record: PackRecord): boolean =>
    columns.every((column) => record.text(column).trim() === '' || record.number(column) === 0);
  const known = records.filter((record) => !isEmpty(record));
  if (known.length === 0)
    throw new PackError(`${file}: no place has a number above 0 in ${columns.join(', ')}.`);
  const ofState = new Map(
    [...groupBy(known, (record) => record.text('STNAME'))].map(([state, places]) => [
      state,
      peopleIn(places, columns),
    ]),
  );
  const ofAll = peopleIn(known, columns);
  return (record) =>
    isEmpty(record) ? (ofState.get(record.text('STNAME')) ?? ofAll) : sharesIn(record, columns);
}

/** The people of places in each column's group. */
function peopleIn(places: readonly PackRecord[], columns: readonly string[]): number[] {
  return columns.map((column) =>
    places.reduce((sum, place) => sum + place.number(column) * place.number('POPESTIMATE2015'), 0),
  );
}

function townStrata(
  record: PackRecord,
  file: string,
  choices: Pick<TownStratum, 'incomes' | 'educations'>,
): TownStratum[] {
  const people = record.number('POPESTIMATE2015');
  const town = {
    area: record.text('ID'),
    name: record.text('NAME'),
    state: record.text('STNAME'),
    county: record.text('CTYNAME'),
    people,
    hispanic: record.number('HISPANIC'),
    races: new WeightedChoice(file, sharesIn(record, raceColumns)),
    ...choices,
  };
  const ages = Array.from({ length: 18 }, (_, band) => String(band + 1));
  const bands = sharesIn(record, ages);
  return (['M', 'F'] as const).map((sex) => {
    const share = record.number(sex === 'M' ? 'TOT_MALE' : 'TOT_FEMALE');
    return { ...town, sex, byAge: byYear(bands).map((count) => count * people * share) };
  });
}

/** Five-year bands spread over single years, the last over 85 to 89 and the group of 90 and over. */
function byYear(bands: readonly number[]): number[] {
  return Array.from({ length: 91 }, (_, age) => {
    if (age < 85) return (bands[Math.floor(age / 5)] ?? 0) / 5;
    const oldest = bands[17] ?? 0;
    const reached = Math.pow(survivalAfter85, age - 85);
    return oldest * (age === 90 ? reached : reached * (1 - survivalAfter85));
  });
}
