import type { NewIdentifierKind } from '../schema/new-identifier.js';

/** What the name of a column suggests about it; the values decide. */
export interface NameHints {
  /** Names a person or a way to reach one: nhs_number, surname, postcode. */
  readonly person: boolean;
  /** Says that it identifies something: encounter_id, patient_nbr. */
  readonly key: boolean;
  /** A coded attribute, also if it ends in `_id`: admission_type_id. */
  readonly coded: boolean;
  /** A count or a measurement: num_medications, days. */
  readonly measured: boolean;
  /** Holds diagnoses: diag_1, icd_code. */
  readonly diagnosis: boolean;
  /** What a person has of it, where the name says which: a surname, a phone. */
  readonly personal: NewIdentifierKind | null;
}

const persons = words(
  'mrn nhs uuid guid email phone tel telephone mobile fax surname forename firstname lastname postcode zip zipcode ' +
    'address ssn passport',
);
const nameOwners = words('first last family given full patient middle maiden');
const keys = words('id ids nbr identifier uid pid eid guid uuid key hash');
const subjects = words(
  'patient person subject encounter visit stay hadm episode spell member participant case record',
);
const numbers = words('no num number');
const codes = words(
  'type class classification concept source destination disposition status category group code cd grade stage flag sex ' +
    'gender race ethnicity diag diagnosis icd snomed procedure site level kind method unit specialty',
);
const measures = words(
  'num number count n days day time age years months weeks hours minutes dose amount cost charge score length size weight height',
);

const diagnoses = words('icd icd9 icd10 diag diagnosis diagnoses dx');
/** The first that a name has; a whole name comes last, as surnames are names too. */
const personalKinds: readonly (readonly [NewIdentifierKind, ReadonlySet<string>])[] = [
  ['email', words('email mail')],
  ['phone', words('phone tel telephone mobile fax')],
  ['postcode', words('postcode zip zipcode')],
  ['street-address', words('address street')],
  ['family-name', words('surname lastname last family')],
  ['given-name', words('forename firstname first given middle')],
  ['nhs-number', words('nhs')],
  ['uuid', words('uuid guid')],
  ['full-name', words('name')],
];

/** Splits at case changes and at anything but letters and digits: `patientNbr`, `patient_nbr`, `Patient nbr`. */
export function nameHints(name: string): NameHints {
  const tokens = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/\b(patient|person|subject|encounter|visit|stay|hadm|episode)(id|nbr|no|number)\b/g, '$1 $2')
    .split(/[^a-z\d]+/);
  const has = (set: ReadonlySet<string>): boolean => tokens.some((token) => set.has(token));
  const subject = has(subjects);
  const key = has(keys) || (subject && has(numbers) && tokens.length === 2 && !numbers.has(tokens[0] ?? ''));
  const named = tokens.includes('name') && (tokens.length === 1 || has(nameOwners));
  return {
    person: has(persons) || named,
    key,
    coded: has(codes),
    measured: has(measures),
    diagnosis: has(diagnoses),
    personal: personalKinds.find(([, known]) => has(known))?.[0] ?? null,
  };
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
