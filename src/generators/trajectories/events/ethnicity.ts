import { codeSystems } from '../../../core/events/code-systems.js';
import type { Coded } from '../../../core/events/coded.js';
import type { Demographics } from '../demographics/demographics.js';

/** NHS ethnic categories as UK Core names them. */
const nhsCategories: Readonly<Record<string, string>> = {
  ...{ A: 'White - British', B: 'White - Irish', C: 'White - Any other White background' },
  ...{ D: 'Mixed - White and Black Caribbean', E: 'Mixed - White and Black African' },
  ...{ F: 'Mixed - White and Asian', G: 'Mixed - Any other mixed background' },
  ...{ H: 'Asian or Asian British - Indian', J: 'Asian or Asian British - Pakistani' },
  ...{ K: 'Asian or Asian British - Bangladeshi', L: 'Asian or Asian British - Any other Asian background' },
  ...{ M: 'Black or Black British - Caribbean', N: 'Black or Black British - African' },
  ...{ P: 'Black or Black British - Any other Black background', R: 'Other Ethnic Groups - Chinese' },
  ...{ S: 'Other Ethnic Groups - Any other ethnic group' },
};

/** Codes of the CDC for the words that packs of towns have. */
const cdcEthnicities: Readonly<Record<string, readonly [string, string]>> = {
  hispanic: ['2135-2', 'Hispanic or Latino'],
  nonhispanic: ['2186-5', 'Not Hispanic or Latino'],
};
const cdcRaces: Readonly<Record<string, readonly [string, string]>> = {
  white: ['2106-3', 'White'],
  black: ['2054-5', 'Black or African American'],
  asian: ['2028-9', 'Asian'],
  native: ['1002-5', 'American Indian or Alaska Native'],
  hawaiian: ['2076-8', 'Native Hawaiian or Other Pacific Islander'],
  other: ['2131-1', 'Other Race'],
};

/** The ethnic category in Great Britain; ethnicity and race apart in the United States. */
export function ethnicityOf(
  { ethnicity, race }: Pick<Demographics, 'ethnicity' | 'race'>,
  country: string,
): { readonly ethnicity?: Coded; readonly race?: Coded } {
  if (country === 'GB') {
    const display = nhsCategories[ethnicity];
    if (display === undefined) return {};
    return { ethnicity: { system: codeSystems.ethnicCategory.uri, code: ethnicity, display } };
  }
  const cdc = ([code, display]: readonly [string, string]): Coded => {
    return { system: codeSystems.raceEthnicity.uri, code, display };
  };
  const [ethnic, racial] = [cdcEthnicities[ethnicity], cdcRaces[race]];
  return { ...(ethnic && { ethnicity: cdc(ethnic) }), ...(racial && { race: cdc(racial) }) };
}
