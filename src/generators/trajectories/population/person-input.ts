import type { Demographics } from '../demographics/demographics.js';
import { socialCircumstances } from '../demographics/demographics.js';
import { socioeconomic } from '../demographics/socioeconomic.js';
import { chanceOf } from '../native/social.js';
import type { PersonInput } from '../person/person.js';

/** What modules ask about a person, from what was settled before birth. */
export function personInput(of: Demographics, { country }: { readonly country: string }): PersonInput {
  const { score, category } = socioeconomic(of);
  return {
    index: 0,
    birth: of.birth,
    sex: of.sex,
    attributes: {
      ...{ gender: of.sex, race: of.race, ethnicity: of.ethnicity, first_language: of.language },
      ...{ state: of.place.state, county: of.place.county, city: of.place.city, address: of.place.address },
      ...{ education: of.education, education_level: of.educationLevel, birth_country: country },
      ...{ income: of.income, income_level: of.incomeLevel, poverty_ratio: of.povertyRatio },
      ...{ occupation_level: of.occupationLevel },
      ...{ socioeconomic_score: score, socioeconomic_category: category },
      ...Object.fromEntries(socialCircumstances.map((one) => [chanceOf(one), of.social[one]])),
    },
  };
}
