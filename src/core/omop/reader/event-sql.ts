import { nameLiteral } from '../../files/sql-literal.js';
import type { CdmTable } from '../cdm.js';
import { eventTables } from './event-tables.js';
import type { EventTable } from './event-tables.js';

/** The concepts that a source uses and its vocabulary has, as a table of the engine. */
const known = 'picketfence_known_concept';

/** Persons have concepts too. */
export const personConcepts = ['gender_concept_id', 'race_concept_id', 'ethnicity_concept_id'];

/** Makes the table of concepts that the other statements join. */
export function knownConceptsSql(): string {
  const used = [
    ...Object.values<EventTable>(eventTables).flatMap((each) =>
      conceptFields(each).map((field) => [each.table, field]),
    ),
    ...personConcepts.map((field) => ['person', field]),
    ['death', 'cause_concept_id'],
  ].map(([table = '', field = '']) => `SELECT ${nameLiteral(field)} AS id FROM ${nameLiteral(table)}`);
  return `CREATE OR REPLACE TABLE ${known} AS
    SELECT DISTINCT ON (concept_id) concept_id, vocabulary_id, concept_code, concept_name
    FROM concept WHERE concept_id IN (${used.join(' UNION ')})`;
}

/** What the vocabulary has for a field: four columns under the field's name, and the join for them. */
export function conceptSql(field: string): { columns: string; join: string } {
  const alias = nameLiteral(`c ${field}`);
  return {
    columns: [
      `CAST(t.${nameLiteral(field)} AS VARCHAR) AS ${nameLiteral(field)}`,
      `${alias}.vocabulary_id AS ${nameLiteral(`${field} vocabulary`)}`,
      `${alias}.concept_code AS ${nameLiteral(`${field} code`)}`,
      `${alias}.concept_name AS ${nameLiteral(`${field} name`)}`,
    ].join(', '),
    join: `LEFT JOIN ${known} AS ${alias} ON ${alias}.concept_id = t.${nameLiteral(field)}`,
  };
}

function conceptFields({ concept, sourceConcept, concepts }: EventTable): string[] {
  return [concept, sourceConcept, ...concepts];
}

/**
 * The rows of an event table person by person, in the order of their starts, for `PersonRows`. `visit` is NULL where the
 * row names none, or one of another person.
 */
export function eventSql(event: EventTable, table: CdmTable): string {
  const { key, start, end, sourceValue, plain } = event;
  const concepts = conceptFields(event).map(conceptSql);
  const columns = [
    'CAST(t.person_id AS VARCHAR) AS person',
    `CAST(t.${nameLiteral(key)} AS VARCHAR) AS key`,
    ...momentColumns('start', start),
    ...(end === undefined ? [] : momentColumns('end', end)),
    `t.${nameLiteral(sourceValue)} AS source`,
    ...concepts.map((each) => each.columns),
    ...plain.map((field) => plainColumn(field, table)),
    'CAST(v.visit_occurrence_id AS VARCHAR) AS visit',
  ];
  return `SELECT ${columns.join(', ')} FROM ${nameLiteral(event.table)} AS t
    ${concepts.map(({ join }) => join).join('\n')}
    LEFT JOIN (SELECT DISTINCT visit_occurrence_id, person_id FROM visit_occurrence) AS v
      ON v.visit_occurrence_id = t.visit_occurrence_id AND v.person_id = t.person_id
    WHERE t.person_id IS NOT NULL AND t.${nameLiteral(start.date)} IS NOT NULL
    ORDER BY t.person_id, start, t.${nameLiteral(key)}`;
}

/** `name` in milliseconds since 1970, and `name exact`: 1 where the time of day is known, which midnight does not say. */
export function momentColumns(
  name: string,
  { date, datetime }: { date: string; datetime: string },
): string[] {
  const [day, time] = [`t.${nameLiteral(date)}`, `t.${nameLiteral(datetime)}`];
  return [
    `CAST(epoch_ms(coalesce(${time}, CAST(${day} AS TIMESTAMP))) AS DOUBLE) AS ${nameLiteral(name)}`,
    `CAST(coalesce(${time} <> date_trunc('day', ${time}), false) AS DOUBLE) AS ${nameLiteral(`${name} exact`)}`,
  ];
}

/** Concepts and texts come as texts, numbers as DOUBLE. */
function plainColumn(field: string, { fields }: CdmTable): string {
  const type = fields.find(({ name }) => name === field)?.type;
  const isNumber = type === 'float' || (type === 'integer' && !field.endsWith('_concept_id'));
  return `CAST(t.${nameLiteral(field)} AS ${isNumber ? 'DOUBLE' : 'VARCHAR'}) AS ${nameLiteral(field)}`;
}
