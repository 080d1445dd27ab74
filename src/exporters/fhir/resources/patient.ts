import type { Address as FhirAddress, HumanName, Identifier as FhirIdentifier, Patient } from 'fhir/r4.js';
import { isTestNhsNumber } from '../../../core/events/nhs-number.js';
import { codeSystems } from '../../../core/events/code-systems.js';
import type { Address, Identifier, Person, PersonName } from '../../../core/events/person.js';
import { toConcept, fhirUri } from '../json/coding.js';
import { dateText, dateTimeText } from '../json/moment-text.js';
import { fhirText } from '../json/quote.js';
import { patientProfile } from '../profiles.js';
import type { RecordScope } from '../record-scope.js';
import { ethnicCategoryExtension, systems } from '../systems.js';

/** A Patient. Ethnicity is an extension of UK Core; base R4 has no place for it, nor has either for an area. */
export function patientResource(scope: RecordScope): Patient {
  const { person } = scope.record;
  const ethnicity = scope.context.isUkCore ? ethnicityOf(person) : undefined;
  const patient: Patient = {
    resourceType: 'Patient',
    id: scope.patientId,
    meta: scope.context.meta(patientProfile(person)),
    ...(ethnicity === undefined ? {} : { extension: [ethnicity] }),
    ...(person.identifiers.length === 0 ? {} : { identifier: identifiersOf(person) }),
    ...(person.name === undefined ? {} : { name: [nameOf(person.name)] }),
    ...(person.telephone === undefined
      ? {}
      : { telecom: [{ system: 'phone', value: fhirText(person.telephone) }] }),
    gender: person.sex,
    birthDate: dateText(person.birth),
  };
  return { ...patient, ...lifeOf(person), ...careOf(scope) };
}

const ethnicCategories = /^([A-HJ-NPRSZ]|99)$/;

/** @throws {Error} for a code that UKCore-EthnicCategoryEngland has not */
function ethnicityOf({ ethnicity }: Person): NonNullable<Patient['extension']>[number] | undefined {
  if (ethnicity?.system !== codeSystems.ethnicCategory.uri) return undefined;
  if (!ethnicCategories.test(ethnicity.code))
    throw new Error(`"${ethnicity.code}" is not one of the ethnic categories of England`);
  return { url: ethnicCategoryExtension, valueCodeableConcept: toConcept([ethnicity]) };
}

/** @throws {Error} for an NHS number that somebody could have: one outside the range that is never issued */
function identifiersOf({ identifiers }: Person): FhirIdentifier[] {
  const nhsNumbers = identifiers.filter(({ system }) => system === systems.nhsNumber);
  if (nhsNumbers.length > 1) throw new Error('the person has two NHS numbers');
  if (nhsNumbers.some(({ value }) => !isTestNhsNumber(value)))
    throw new Error('the person has an NHS number outside the range of tests, 999 000 0000 to 999 999 9999');
  return identifiers.map(toIdentifier);
}

export function toIdentifier({ system, value }: Identifier): FhirIdentifier {
  return { system: fhirUri(system), value: fhirText(value) };
}

function nameOf({ family, given, prefix }: PersonName): HumanName {
  return {
    use: 'official',
    family: fhirText(family),
    ...(given.length === 0 ? {} : { given: given.map(fhirText) }),
    ...(prefix === undefined ? {} : { prefix: [fhirText(prefix)] }),
  };
}

function lifeOf({ death, address, maritalStatus }: Person): Partial<Patient> {
  const place = address === undefined ? undefined : toAddress(address);
  return {
    ...(death === undefined ? {} : { deceasedDateTime: dateTimeText(death.at) }),
    ...(place === undefined ? {} : { address: [place] }),
    ...(maritalStatus === undefined ? {} : { maritalStatus: toConcept([maritalStatus]) }),
  };
}

function careOf({ context, record }: RecordScope): Partial<Patient> {
  const { language, practice } = record.person;
  return {
    ...(language === undefined ? {} : { communication: [{ language: toConcept([language]) }] }),
    ...(practice === undefined
      ? {}
      : { generalPractitioner: [{ reference: context.shared('Organization', practice) }] }),
  };
}

/** Undefined where the address has nothing that FHIR has a place for. */
export function toAddress(address: Address): FhirAddress | undefined {
  const { lines, city, county, region, postcode, country } = address;
  const place: FhirAddress = {
    ...(lines.length === 0 ? {} : { line: lines.map(fhirText) }),
    ...(city === undefined ? {} : { city: fhirText(city) }),
    ...(county === undefined ? {} : { district: fhirText(county) }),
    ...(region === undefined ? {} : { state: fhirText(region) }),
    ...(postcode === undefined ? {} : { postalCode: fhirText(postcode) }),
    ...(country === undefined ? {} : { country: fhirText(country) }),
  };
  return Object.keys(place).length === 0 ? undefined : place;
}
