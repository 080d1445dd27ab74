import type { Random } from '../../../core/random/random.js';
import { readRecords } from '../tables/read-records.js';
import { addressIn } from './address.js';
import {
  educations,
  NobodyThereError,
  socialCircumstances,
  type DemographicPack,
  type Demographics,
  type PersonCriteria,
  type SocialCircumstance,
} from './demographics.js';
import { readNameBook } from './names.js';
import { drawFor } from './person-draws.js';
import { hospitalOf, practiceOf } from './providers.js';
import { educationLevel, incomeLevel } from './socioeconomic.js';
import { stratumChoice } from './stratum-choice.js';
import { incomeBands, readTownStrata, townRaces, type TownStratum } from './town-layout.js';

/** The files of a pack in the layout of Synthea(TM); names are those of England and Wales. */
interface TownPackTexts {
  readonly demographics: string;
  /** `sdoh.csv`: shares by county. */
  readonly social: string;
  readonly givenNames: string;
  readonly givenNamesByGroup: string;
  readonly surnames: string;
}

type Social = Readonly<Record<SocialCircumstance, number>>;

/** Federal poverty guideline of 2021 for one person, and the income where the level ends (US dollars). */
const incomes = { poverty: 12_880, high: 75_000 };
const patientsPerPractice = 5_000;

/** A country from towns, as Synthea(TM) describes the United States. @throws {PackError} naming file and line */
export function townPack(texts: TownPackTexts): DemographicPack {
  const strata = readTownStrata(texts.demographics, 'demographics.csv');
  const names = readNameBook(texts);
  const social = readSocial(texts.social);
  return {
    name: 'towns',
    title: 'Towns of demographics.csv',
    country: 'US',
    people: (criteria, referenceDate) => {
      const choose = stratumChoice(withinArea(strata, criteria), criteria, referenceDate);
      return (random) => {
        const { stratum, birth } = choose(random);
        return {
          ...personIn(stratum, birth, random),
          ...namesOf(names, { sex: stratum.sex, birth }, random),
          social: social(stratum),
        };
      };
    },
  };
}

function withinArea(strata: readonly TownStratum[], { area }: PersonCriteria): readonly TownStratum[] {
  if (area === undefined) return strata;
  const wanted = area.toLowerCase();
  const found = strata.filter(({ state, name }) => [state, name].some((one) => one.toLowerCase() === wanted));
  if (found.length === 0) throw new NobodyThereError(`"${area}" is neither a state nor a town of the pack.`);
  return found;
}

function namesOf(
  names: ReturnType<typeof readNameBook>,
  { sex, birth }: Pick<Demographics, 'sex' | 'birth'>,
  random: Random,
): Pick<Demographics, 'givenName' | 'familyName'> {
  const birthYear = new Date(birth).getUTCFullYear();
  return {
    givenName: names.given({ sex, birthYear, group: 'A' }, random),
    familyName: names.family('A', random),
  };
}

function personIn(
  town: TownStratum,
  birth: number,
  random: Random,
): Omit<Demographics, 'givenName' | 'familyName' | 'social'> {
  const education = educations[town.educations.pick(drawFor(random, 'education'))] ?? 'hs_degree';
  const income = incomeIn(town, drawFor(random, 'income'));
  const here = { code: town.area, name: town.name, state: town.state, people: town.people };
  return {
    ...{ sex: town.sex, birth, education, income, language: 'english' },
    race: townRaces[town.races.pick(drawFor(random, 'ethnicity'))] ?? 'other',
    ethnicity: drawFor(random, 'deprivation') < town.hispanic ? 'hispanic' : 'nonhispanic',
    place: { state: town.state, county: town.county, city: town.name, ...addressIn(random) },
    educationLevel: educationLevel(education, random),
    incomeLevel: incomeLevel(income, incomes),
    povertyRatio: income / incomes.poverty,
    occupationLevel: drawFor(random, 'occupation'),
    practice: practiceOf(here, patientsPerPractice, random),
    hospital: hospitalOf(here),
  };
}

/** The band by the whole part of the draw's place among the bands, the income by what is left of it. */
function incomeIn(town: TownStratum, uniform: number): number {
  const [low, high] = incomeBands[town.incomes.pick(uniform)] ?? [0, 0];
  const within = (uniform * 1e6) % 1;
  return Math.round(1000 * (low + (high - low) * within));
}

/** Shares of a county; those of the whole file for a county that it lacks. */
function readSocial(text: string): (of: { state: string; county: string }) => Social {
  const records = readRecords(text, 'sdoh.csv');
  const shares = records.map(
    (record) =>
      Object.fromEntries(socialCircumstances.map((one) => [one, record.number(one.toUpperCase())])) as Social,
  );
  const keyOf = (state: string, county: string): string => `${state}/${county}`.toLowerCase();
  const byCounty = new Map(
    records.map((record, row) => [keyOf(record.text('STATE'), record.text('COUNTY')), shares[row]]),
  );
  const average = Object.fromEntries(
    socialCircumstances.map((one) => [
      one,
      shares.reduce((sum, row) => sum + row[one], 0) / Math.max(1, shares.length),
    ]),
  ) as Social;
  return ({ state, county }) => byCounty.get(keyOf(state, county)) ?? average;
}
