import { nhsNumberSystem } from '../../../core/events/nhs-number.js';
import type { Coded } from '../../../core/events/coded.js';
import type { Identifier, Person, PersonName } from '../../../core/events/person.js';
import { nationalNumber, prefixOf } from '../output/national-number.js';
import type { ExportWindow } from '../output/export-window.js';
import { organisationId } from '../output/organisations.js';
import type { Patient } from '../population/population.js';
import type { Coder } from './coder.js';
import { ethnicityOf } from './ethnicity.js';
import { dayOf, secondAt } from './times.js';

const numberSystems: Readonly<Record<string, string>> = {
  GB: nhsNumberSystem,
  US: 'http://hl7.org/fhir/sid/us-ssn',
};
const maritalSystem = 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus';
const maritalStatuses: Readonly<Record<string, string>> = {
  ...{ S: 'Never Married', M: 'Married', D: 'Divorced', W: 'Widowed' },
};
const languages: Readonly<Record<string, Coded>> = {
  english: { system: 'urn:ietf:bcp:47', code: 'en', display: 'English' },
};
/** Of the draws of a life, the one for the telephone. */
const telephoneDraw = 92;

/** Whose life it was. Numbers, telephone and address are of ranges that nobody has. */
export function personOf(
  patient: Patient,
  { key, window, country, coder }: { key: string; window: ExportWindow; country: string; coder: Coder },
): Person {
  const { demographics: of, person } = patient;
  const language = languages[of.language];
  const [cause] = coder.list(person.causeOfDeath);
  const { place } = of;
  return {
    key,
    sex: of.sex === 'F' ? 'female' : 'male',
    birth: dayOf(of.birth),
    ...(window.death !== null && { death: { at: secondAt(window.death), ...(cause && { cause }) } }),
    ...ethnicityOf(of, country),
    ...(language && { language }),
    ...maritalStatusOf(patient),
    name: nameOf(patient),
    address: {
      lines: [place.address],
      ...{ city: place.city, county: place.county, region: place.state, postcode: place.postcode, country },
    },
    telephone: telephoneOf(patient, country),
    identifiers: identifiersOf(patient, country),
    practice: organisationId(of.practice),
  };
}

function maritalStatusOf({ person }: Patient): Pick<Person, 'maritalStatus'> {
  const code = person.getByName('marital_status');
  const display = typeof code === 'string' ? maritalStatuses[code] : undefined;
  if (typeof code !== 'string' || display === undefined) return {};
  return { maritalStatus: { system: maritalSystem, code, display } };
}

function nameOf(patient: Patient): PersonName {
  const { familyName, givenName } = patient.demographics;
  const prefix = prefixOf(patient);
  return { family: familyName, given: [givenName], ...(prefix !== '' && { prefix }) };
}

function identifiersOf(patient: Patient, country: string): readonly Identifier[] {
  const [system, value] = [numberSystems[country], nationalNumber(patient, country)];
  return system === undefined || value === '' ? [] : [{ system, value }];
}

/** Of the numbers that Ofcom keeps for drama (01632 960000 to 960999), or 555-0100 to 555-0199. */
function telephoneOf({ random }: Patient, country: string): string {
  const uniform = random.uniformAt(0, telephoneDraw);
  if (country === 'GB') return `01632 960${String(Math.floor(uniform * 1000)).padStart(3, '0')}`;
  return `555-01${String(Math.floor(uniform * 100)).padStart(2, '0')}`;
}
