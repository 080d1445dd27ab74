import { isObject, type JsonObject } from '../library/fields.js';
import { PackError } from '../tables/read-records.js';
import type { Demographics, DemographicPack, PersonCriteria } from '../demographics/demographics.js';
import type { Random } from '../../../core/random/random.js';
import type { Sex } from '../growth/growth-charts.js';

/** Somebody of whom something is settled beforehand; the rest is drawn as for anybody else of that sex and age. */
export interface FixedPerson {
  readonly sex: Sex;
  /** Milliseconds since 1970: midnight UTC. */
  readonly birth: number;
  readonly said: Partial<Pick<Demographics, (typeof texts)[number]>>;
}

const texts = ['givenName', 'familyName', 'race', 'ethnicity', 'language'] as const;
const known: readonly string[] = ['sex', 'birthDate', ...texts];

/**
 * Reads a list of people: JSON, `[{"sex": "F", "birthDate": "1950-02-28", "familyName": "..."}]`.
 * @throws {PackError} naming the person and the field
 */
export function readFixedPeople(text: string, file: string): readonly FixedPerson[] {
  const list = parse(text, file);
  if (!Array.isArray(list) || list.length === 0) throw new PackError(`${file} is no list of people.`);
  return list.map((one: unknown, index) => {
    const refuse = (message: string): never => {
      throw new PackError(`${file}, person ${index + 1}: ${message}`);
    };
    if (!isObject(one)) return refuse('is not an object.');
    const [odd] = Object.keys(one).filter((name) => !known.includes(name));
    if (odd !== undefined) refuse(`"${odd}" is not one of ${known.join(', ')}.`);
    const { sex } = one;
    if (sex !== 'F' && sex !== 'M') return refuse('"sex" is neither F nor M.');
    return { sex, birth: birthOf(one, refuse), said: saidOf(one, refuse) };
  });
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new PackError(`${file} is not JSON.`);
  }
}

function birthOf({ birthDate }: JsonObject, refuse: (message: string) => never): number {
  const isDay = typeof birthDate === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(birthDate);
  const time = isDay ? Date.parse(`${birthDate}T00:00:00Z`) : NaN;
  // Date.parse takes 30 February for 2 March.
  const isSame = !Number.isNaN(time) && new Date(time).toISOString().startsWith(String(birthDate));
  return isSame ? time : refuse('"birthDate" is no day such as 1950-02-28.');
}

function saidOf(one: JsonObject, refuse: (message: string) => never): FixedPerson['said'] {
  return Object.fromEntries(
    texts
      .filter((name) => one[name] !== undefined)
      .map((name) => {
        const value = one[name];
        return [name, typeof value === 'string' && value !== '' ? value : refuse(`"${name}" is no text.`)];
      }),
  );
}

/**
 * The demographics of somebody settled beforehand.
 * @throws {NobodyThereError} when the country has nobody of that sex and age in the area
 */
export function fixedDemographics(
  { sex, birth, said }: FixedPerson,
  { pack, area, referenceDate }: { pack: DemographicPack; area: string | undefined; referenceDate: number },
  own: Random,
): Demographics {
  const age = wholeYears(birth, referenceDate);
  const criteria: PersonCriteria = { sex, age: { low: age, high: age }, ...(area !== undefined && { area }) };
  return { ...pack.people(criteria, referenceDate)(own), ...said, birth };
}

function wholeYears(birth: number, day: number): number {
  const [from, to] = [new Date(birth), new Date(day)];
  const years = to.getUTCFullYear() - from.getUTCFullYear();
  const hadBirthday =
    to.getUTCMonth() > from.getUTCMonth() ||
    (to.getUTCMonth() === from.getUTCMonth() && to.getUTCDate() >= from.getUTCDate());
  return hadBirthday ? years : years - 1;
}
