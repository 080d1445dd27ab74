import type { Moment } from '../../events/moment.js';
import type { Address, Person, Sex } from '../../events/person.js';
import { msPerDay } from '../../time/units.js';
import { OmopSourceError } from '../source/omop-source-error.js';
import { codeOfConcept } from './concept-code.js';
import type { ConceptCells } from './concept-code.js';
import { conceptSql, momentColumns, personConcepts } from './event-sql.js';
import type { ReadRow } from './person-rows.js';

/** Persons in the order of their ids, with their death and where they live. */
export function personSql(): string {
  const concepts = personConcepts.map(conceptSql);
  const cause = conceptSql('cause_concept_id');
  return `SELECT CAST(t.person_id AS VARCHAR) AS person, ${concepts.map(({ columns }) => columns).join(', ')},
      CAST(t.year_of_birth AS DOUBLE) AS year, CAST(t.month_of_birth AS DOUBLE) AS month,
      CAST(t.day_of_birth AS DOUBLE) AS day, CAST(epoch_ms(t.birth_datetime) AS DOUBLE) AS born,
      d.*, l.city, l.state, l.zip, l.county
    FROM person AS t ${concepts.map(({ join }) => join).join('\n')}
    LEFT JOIN (
      SELECT DISTINCT ON (t.person_id) t.person_id AS dead, ${momentColumns('died', { date: 'death_date', datetime: 'death_datetime' }).join(', ')},
        ${cause.columns}
      FROM death AS t ${cause.join} ORDER BY t.person_id, died) AS d ON d.dead = t.person_id
    LEFT JOIN (SELECT DISTINCT ON (location_id) location_id, city, state, zip, county FROM location) AS l
      ON l.location_id = t.location_id
    WHERE t.person_id IS NOT NULL ORDER BY t.person_id`;
}

const sexes: Readonly<Record<string, Sex>> = { '8507': 'male', '8532': 'female', '8521': 'other' };
const ethnicCategory = 'NHS Ethnic Category';
/** A statistical area of England or Wales, which extracts of UCLH have in place of a postcode. */
const areaCode = /^[EW]\d{8}$/;

/** @param key names the person in the records; it says nothing of the source's id */
export function readPerson(row: ReadRow, key: string): Person {
  const race = codeOfConcept(conceptIn(row, 'race_concept_id'));
  const isEthnicity = row['race_concept_id vocabulary'] === ethnicCategory;
  const ethnicity = isEthnicity ? race : codeOfConcept(conceptIn(row, 'ethnicity_concept_id'));
  const cause = codeOfConcept(conceptIn(row, 'cause_concept_id'));
  const died = momentIn(row, 'died');
  const address = addressIn(row);
  return {
    key,
    sex: sexes[String(row['gender_concept_id'])] ?? 'unknown',
    birth: birthIn(row),
    identifiers: [],
    ...(died === undefined ? {} : { death: { at: died, ...(cause === undefined ? {} : { cause }) } }),
    ...(ethnicity === undefined ? {} : { ethnicity }),
    ...(race === undefined || isEthnicity ? {} : { race }),
    ...(address === undefined ? {} : { address }),
  };
}

/** What a row has of a concept in a field. */
export function conceptIn(row: ReadRow, field: string): ConceptCells {
  const [id, vocabulary, code, name] = ['', ' vocabulary', ' code', ' name'].map((part) =>
    textIn(row, `${field}${part}`),
  );
  return { id: id ?? null, vocabulary: vocabulary ?? null, code: code ?? null, name: name ?? null };
}

export function momentIn(row: ReadRow, name: string): Moment | undefined {
  const ms = row[name];
  if (typeof ms !== 'number') return undefined;
  return { ms, precision: row[`${name} exact`] === 1 ? 'second' : 'day' };
}

export function textIn(row: ReadRow, name: string): string | null {
  const value = row[name];
  return typeof value === 'string' ? value : null;
}

function birthIn({ born, year, month, day }: ReadRow): Moment {
  if (typeof year === 'number' && typeof month !== 'number')
    return { ms: Date.UTC(year, 0, 1), precision: 'year' };
  if (typeof year === 'number' && typeof month === 'number' && typeof day !== 'number')
    return { ms: Date.UTC(year, month - 1, 1), precision: 'month' };
  if (typeof born === 'number') return { ms: born, precision: born % msPerDay === 0 ? 'day' : 'second' };
  if (typeof year !== 'number')
    throw new OmopSourceError({ table: 'person', field: 'year_of_birth' }, 'somebody has no year of birth.');
  return { ms: Date.UTC(year, Number(month) - 1, Number(day)), precision: 'day' };
}

function addressIn(row: ReadRow): Address | undefined {
  const parts = { city: textIn(row, 'city'), county: textIn(row, 'county'), region: textIn(row, 'state') };
  const zip = textIn(row, 'zip');
  const given = Object.entries({
    ...parts,
    ...(zip !== null && areaCode.test(zip) ? { area: zip } : { postcode: zip }),
  }).filter(([, part]) => part !== null);
  return given.length === 0 ? undefined : { lines: [], ...Object.fromEntries(given) };
}
