import { nameLiteral } from '../../core/files/sql-literal.js';
import type { Check } from './check.js';

/** Rows whose key another row has too. */
export function duplicateKeySql(table: string, key: string): string {
  return `SELECT coalesce(sum(sharing) FILTER (sharing > 1 AND key IS NOT NULL), 0) AS violated,
      coalesce(sum(sharing), 0) AS denominator
    FROM (SELECT ${nameLiteral(key)} AS key, count(*) AS sharing FROM ${nameLiteral(table)} GROUP BY key)`;
}

export function personsWithoutRowSql(table: string): string {
  return `SELECT count(*) FILTER (found.person_id IS NULL) AS violated, count(*) AS denominator
    FROM person LEFT JOIN (SELECT DISTINCT person_id FROM ${nameLiteral(table)}) AS found USING (person_id)`;
}

/** Persons with a condition that was mapped and no era. */
export const conditionEraSql = `
  SELECT count(*) FILTER (era.person_id IS NULL) AS violated, count(*) AS denominator
  FROM (SELECT DISTINCT person_id FROM condition_occurrence WHERE condition_concept_id <> 0) AS ill
    LEFT JOIN (SELECT DISTINCT person_id FROM condition_era) AS era USING (person_id)`;

/** Persons with a period that begins before, or on the day after, the end of one that began earlier. */
export const periodOverlapSql = `
  SELECT count(DISTINCT person_id) FILTER (starts <= ends_before + INTERVAL 1 DAY) AS violated,
    count(DISTINCT person_id) AS denominator
  FROM (
    SELECT person_id, observation_period_start_date AS starts,
      max(observation_period_end_date) OVER (PARTITION BY person_id
        ORDER BY observation_period_start_date, observation_period_end_date, observation_period_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ends_before
    FROM observation_period)`;

const genders: Readonly<Record<string, string>> = { Male: '8507', Female: '8532' };

/** Records of what only one sex has, among persons of the other. */
export function genderSql({ table, field = '', row }: Check): string {
  const gender = genders[row['plausibleGenderUseDescendants'] ?? ''];
  const ancestors = (row['conceptId'] ?? '').split(',').map((id) => id.trim());
  if (gender === undefined || !ancestors.every((id) => /^\d+$/.test(id)))
    throw new Error(`A check of gender on ${table} names no gender or no concept.`);
  return `
    SELECT count(*) FILTER (gender_concept_id <> ${gender}) AS violated, count(*) AS denominator
    FROM ${nameLiteral(table)} AS t
      JOIN (SELECT DISTINCT ancestor_concept_id, descendant_concept_id FROM concept_ancestor
        WHERE ancestor_concept_id IN (${ancestors.join(', ')})) AS line
        ON line.descendant_concept_id = t.${nameLiteral(field)}
      LEFT JOIN (SELECT person_id, min(gender_concept_id) AS gender_concept_id FROM person GROUP BY person_id)
        AS whose ON whose.person_id = t.person_id`;
}
