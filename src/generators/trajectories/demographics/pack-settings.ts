import { PackError } from '../tables/read-records.js';
import { educations, socialCircumstances, type Education, type SocialCircumstance } from './demographics.js';

/** The numbers of `pack.json`; five deprivation groups, the most deprived first. */
export interface PackSettings {
  readonly incomeMedian: number;
  /** Spread of the logarithm of income within a deprivation group. */
  readonly incomeLogSd: number;
  readonly incomeLogShiftByQuintile: readonly number[];
  readonly povertyLine: number;
  readonly education: Readonly<Record<Education, number>>;
  /** Share of the way towards less (below 0) or more education. */
  readonly educationShiftByQuintile: readonly number[];
  readonly social: Readonly<Record<SocialCircumstance, number>>;
  readonly socialOddsByQuintile: readonly number[];
  readonly patientsPerPractice: number;
}

/** @throws {PackError} naming the field */
export function readPackSettings(text: string): PackSettings {
  const whole = objectOf(JSON.parse(text), 'pack.json');
  const number = (name: string): number => numberOf(whole[name], `pack.json: ${name}`);
  return {
    incomeMedian: number('incomeMedian'),
    incomeLogSd: number('incomeLogSd'),
    incomeLogShiftByQuintile: fiveOf(whole, 'incomeLogShiftByQuintile'),
    povertyLine: number('povertyLine'),
    education: numbersOf(whole, 'education', educations),
    educationShiftByQuintile: fiveOf(whole, 'educationShiftByQuintile'),
    social: numbersOf(whole, 'social', socialCircumstances),
    socialOddsByQuintile: fiveOf(whole, 'socialOddsByQuintile'),
    patientsPerPractice: number('patientsPerPractice'),
  };
}

function objectOf(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new PackError(`${place} is not an object.`);
  return Object.fromEntries(Object.entries(value));
}

function numberOf(value: unknown, place: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new PackError(`${place} is not a number.`);
  return value;
}

function fiveOf(whole: Readonly<Record<string, unknown>>, name: string): readonly number[] {
  const value = whole[name];
  if (!Array.isArray(value) || value.length !== 5)
    throw new PackError(`pack.json: ${name} is not a list of five numbers.`);
  return value.map((one, index) => numberOf(one, `pack.json: ${name}[${index}]`));
}

function numbersOf<Key extends string>(
  whole: Readonly<Record<string, unknown>>,
  name: string,
  keys: readonly Key[],
): Record<Key, number> {
  const value = objectOf(whole[name], `pack.json: ${name}`);
  const entries = keys.map((key) => [key, numberOf(value[key], `pack.json: ${name}.${key}`)] as const);
  return Object.fromEntries(entries) as Record<Key, number>;
}
