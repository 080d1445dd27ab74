import { nameHints } from '../../core/files/name-hints.js';

/** SQL has names in one case, so `birthDate` comes as `birthdate`. */
const dateToken = /^(dob|\w*(date|datetime|timestamp))$/;
const noDates = new Set('update candidate mandate consolidate'.split(' '));
const codedAnyway = new Set(['concept']);

/** What a column says about a date is no date: end_date_category, birth_date_missing. */
const aboutDates = new Set(
  'category type flag sign kind code missing known present precision count id'.split(' '),
);

/** Whether the name says that the column holds points in time: death_date, birthDatetime, dob. */
export function isDateName(name: string): boolean {
  const tokens = tokensOf(name);
  return (
    tokens.some((token) => dateToken.test(token) && !noDates.has(token)) &&
    !aboutDates.has(tokens.at(-1) ?? '')
  );
}

/** Whether the name says that the column tells records or people apart: person_id, nhs_number, surname. */
export function isIdentifierName(name: string): boolean {
  const { person, key, coded } = nameHints(name);
  if (person) return true;
  return key && !coded && !tokensOf(name).some((token) => codedAnyway.has(token));
}

/** Whether the name ends as keys do: race_concept_id is a code, and no number that has a mean. */
export function isCodeName(name: string): boolean {
  return nameHints(name).key && !isIdentifierName(name);
}

export function isDateType(sqlType: string): boolean {
  return /^(date|datetime|timestamp|smalldatetime)/i.test(sqlType.trim());
}

/** 1985-03-07, with or without a time of day. */
export function looksLikeDate(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$/.test(value);
}

export function tokensOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/);
}
