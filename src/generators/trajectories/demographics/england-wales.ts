import { normalQuantile } from '../../../core/distributions/normal.js';
import type { Random } from '../../../core/random/random.js';
import { WeightedChoice } from '../../tabular/weighted-choice.js';
import { addressIn } from './address.js';
import {
  educations,
  NobodyThereError,
  socialCircumstances,
  type Demographics,
  type DemographicPack,
  type PersonCriteria,
  type PersonSource,
} from './demographics.js';
import { ethnicCodes, readEthnicity, readStrata, readTowns, townsOf } from './england-wales-tables.js';
import { readNameBook } from './names.js';
import { readPackSettings, type PackSettings } from './pack-settings.js';
import { drawFor } from './person-draws.js';
import { hospitalOf, practiceOf } from './providers.js';
import { educationLevel, incomeLevel } from './socioeconomic.js';
import { stratumChoice, type Stratum } from './stratum-choice.js';

/** The texts of the files of the pack, by name. */
export type PackTexts = Readonly<
  Record<
    'population' | 'ethnicity' | 'towns' | 'givenNames' | 'givenNamesByGroup' | 'surnames' | 'settings',
    string
  >
>;

/** Race as modules ask for it. */
const races: Readonly<Record<string, string>> = {
  ...{ A: 'white', B: 'white', C: 'white', D: 'other', E: 'other', F: 'other', G: 'other' },
  ...{ H: 'asian', J: 'asian', K: 'asian', L: 'asian', M: 'black', N: 'black', P: 'black' },
  ...{ R: 'asian', S: 'other' },
};
/** The income level reaches 1 at this multiple of the median. */
const highIncome = 2.3;

/** The default pack. @throws {PackError} naming the file and place that is not as it has to be */
export function englandWales(texts: PackTexts): DemographicPack {
  const parts = {
    strata: readStrata(texts.population),
    ethnicity: readEthnicity(texts.ethnicity),
    towns: readTowns(texts.towns),
    names: readNameBook(texts),
    settings: readPackSettings(texts.settings),
  };
  return {
    name: 'england-wales',
    title: 'England and Wales',
    country: 'GB',
    people: (criteria, referenceDate) => peopleOf(parts, criteria, referenceDate),
  };
}

interface Parts {
  readonly strata: ReturnType<typeof readStrata>;
  readonly ethnicity: ReturnType<typeof readEthnicity>;
  readonly towns: ReturnType<typeof readTowns>;
  readonly names: ReturnType<typeof readNameBook>;
  readonly settings: PackSettings;
}

function peopleOf(parts: Parts, criteria: PersonCriteria, referenceDate: number): PersonSource {
  const { towns, strata } = withinArea(parts, criteria.area);
  const choose = stratumChoice(strata, criteria, referenceDate);
  return (random) => {
    const { stratum, age, birth } = choose(random);
    const at = parts.ethnicity({ ...stratum, age }, drawFor(random, 'ethnicity'));
    const ethnicity = ethnicCodes[at] ?? '';
    const here = towns.get(stratum.area);
    const town = here?.members[here.byEthnicity[at]?.pick(drawFor(random, 'town')) ?? -1];
    if (town === undefined) throw new RangeError(`There is no town in ${stratum.area}.`);
    const birthYear = new Date(birth).getUTCFullYear();
    const [city, state] = [town.name, stratum.areaName];
    return {
      ...{ sex: stratum.sex, birth, race: races[ethnicity] ?? 'other', ethnicity, language: 'english' },
      givenName: parts.names.given({ sex: stratum.sex, birthYear, group: ethnicity }, random),
      familyName: parts.names.family(ethnicity, random),
      place: { state, county: city, city, ...addressIn(random) },
      ...circumstances(parts.settings, town.deprivation.pick(drawFor(random, 'deprivation')), random),
      practice: practiceOf({ ...town, state }, parts.settings.patientsPerPractice, random),
      hospital: hospitalOf({ ...town, state }),
    };
  };
}

/** Everywhere, or the region or the one local authority of that name. */
function withinArea(
  { strata, towns }: Parts,
  area: string | undefined,
): { strata: readonly (Stratum & { areaName: string })[]; towns: Parts['towns'] } {
  if (area === undefined) return { strata, towns };
  const wanted = area.toLowerCase();
  const region = strata.filter((one) => one.areaName.toLowerCase() === wanted);
  if (region.length > 0) return { strata: region, towns };
  for (const [code, { members }] of towns) {
    const town = members.filter(({ name }) => name.toLowerCase() === wanted);
    // A local authority has the ages of its region: single years are published for regions.
    if (town.length > 0)
      return {
        strata: strata.filter((one) => one.area === code),
        towns: new Map([[code, townsOf(town)]]),
      };
  }
  throw new NobodyThereError(`"${area}" is neither a region nor a local authority of England and Wales.`);
}

function circumstances(
  settings: PackSettings,
  deprivation: number,
  random: Random,
): Pick<
  Demographics,
  'education' | 'educationLevel' | 'income' | 'incomeLevel' | 'povertyRatio' | 'occupationLevel' | 'social'
> {
  const at = (values: readonly number[]): number => values[deprivation] ?? 0;
  const weights = educations.map((one) => settings.education[one]);
  const tilted = tilt(weights, at(settings.educationShiftByQuintile));
  const drawn = new WeightedChoice('education', tilted).pick(drawFor(random, 'education'));
  const education = educations[drawn] ?? 'hs_degree';
  const spread = settings.incomeLogSd * normalQuantile(drawFor(random, 'income'));
  const income = Math.round(settings.incomeMedian * Math.exp(at(settings.incomeLogShiftByQuintile) + spread));
  const odds = at(settings.socialOddsByQuintile);
  return {
    education,
    educationLevel: educationLevel(education, random),
    income,
    incomeLevel: incomeLevel(income, {
      poverty: settings.povertyLine,
      high: highIncome * settings.incomeMedian,
    }),
    povertyRatio: income / settings.povertyLine,
    occupationLevel: drawFor(random, 'occupation'),
    social: Object.fromEntries(
      socialCircumstances.map((one) => [one, withOdds(settings.social[one], odds)]),
    ) as Record<(typeof socialCircumstances)[number], number>,
  };
}

/** Weights moved towards their end (shift above 0) or beginning by a factor that grows with the place. */
function tilt(weights: readonly number[], shift: number): number[] {
  return weights.map((weight, place) => weight * Math.exp(shift * (place - (weights.length - 1) / 2)));
}

function withOdds(chance: number, odds: number): number {
  const scaled = (chance / (1 - chance)) * odds;
  return scaled / (1 + scaled);
}
