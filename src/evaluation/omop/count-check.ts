import { nameLiteral } from '../../core/files/sql-literal.js';
import type { Check } from './check.js';
import type { Counting } from './counting.js';
import { birthJoin, deathJoin, parentJoin, visitJoin } from './joins.js';
import { limitSql } from './limits.js';
import {
  conditionEraSql,
  duplicateKeySql,
  genderSql,
  periodOverlapSql,
  personsWithoutRowSql,
} from './own-queries.js';
import { countUnits } from './units.js';

/** After death and around a visit, events still come in for so many days. */
const daysAfterDeath = 60;
const daysAroundVisit = 7;

interface Place {
  /** ISO date of the run. */
  readonly today: string;
  /** The check's field as SQL. */
  readonly cell: string;
  readonly field: string;
}

type Counter = (check: Check, place: Place) => Counting;

/** How each kind of check is counted. */
const counters: Readonly<Record<string, Counter>> = {
  cdmTable: () => ({ from: 'presence' }),
  cdmField: () => ({ from: 'presence' }),
  cdmDatatype: () => ({ from: 'misfits' }),
  isRequired: () => ({ from: 'emptiness' }),
  measureValueCompleteness: () => ({ from: 'emptiness' }),
  isPrimaryKey: ({ table }, { field }) => ({ from: 'query', sql: duplicateKeySql(table, field) }),
  measurePersonCompleteness: ({ table }) => ({ from: 'query', sql: personsWithoutRowSql(table) }),
  measureConditionEraCompleteness: () => ({ from: 'query', sql: conditionEraSql }),
  measureObservationPeriodOverlap: () => ({ from: 'query', sql: periodOverlapSql }),
  plausibleGenderUseDescendants: (check) => ({ from: 'query', sql: genderSql(check) }),
  plausibleUnitConceptIds: (check) => ({ from: 'units', count: (uses) => countUnits(check, uses) }),
  isForeignKey: (check, { cell, field }) => {
    const parent = { table: lower(check, 'fkTableName'), field: lower(check, 'fkFieldName') };
    if (parent.table === 'concept')
      return { from: 'concepts', violates: ({ isKnown }) => !isKnown, denominator: 'all-rows' };
    const join = parentJoin(field, parent);
    return rows(`${cell} IS NOT NULL AND ${join.alias}.key IS NULL`, 'true', [join]);
  },
  fkDomain: ({ row }) => ({
    from: 'concepts',
    violates: ({ isZero, isKnown, domain }) => !isZero && isKnown && domain !== row['fkDomain'],
    denominator: 'all-rows',
  }),
  fkClass: ({ row }) => ({
    from: 'concepts',
    violates: ({ isZero, isKnown, conceptClass }) => !isZero && isKnown && conceptClass !== row['fkClass'],
    denominator: 'all-rows',
  }),
  isStandardValidConcept: () => ({
    from: 'concepts',
    violates: ({ isZero, isKnown, standard, isInvalid }) =>
      !isZero && isKnown && (standard !== 'S' || isInvalid),
    denominator: 'filled-rows',
  }),
  standardConceptRecordCompleteness: recordCompleteness,
  sourceConceptRecordCompleteness: recordCompleteness,
  sourceValueCompleteness: ({ row }, { cell }) => {
    const concept = `t.${nameLiteral((row['standardConceptFieldName'] ?? '').toLowerCase())}`;
    // Having no source value counts as one value of its own.
    const values = (where: string): string =>
      `count(DISTINCT ${cell}) FILTER (${where}) + CAST(count(*) FILTER (${where} AND ${cell} IS NULL) > 0 AS BIGINT)`;
    return { from: 'rows', violated: values(`${concept} = 0`), denominator: values('true'), joins: [] };
  },
  plausibleValueLow: (check, place) => beyond(check, place, '<'),
  plausibleValueHigh: (check, place) => beyond(check, place, '>'),
  plausibleStartBeforeEnd: ({ row }, { cell }) => {
    const end = `t.${nameLiteral((row['plausibleStartBeforeEndFieldName'] ?? '').toLowerCase())}`;
    const both = `${cell} IS NOT NULL AND ${end} IS NOT NULL`;
    return rows(`CAST(${cell} AS DATE) > CAST(${end} AS DATE)`, both, []);
  },
  plausibleAfterBirth: (_, { cell }) =>
    rows(`CAST(${cell} AS DATE) < birth.born`, `${cell} IS NOT NULL`, [birthJoin]),
  plausibleBeforeDeath: (_, { cell }) =>
    rows(
      `CAST(${cell} AS DATE) > death.died + INTERVAL ${daysAfterDeath} DAY`,
      `${cell} IS NOT NULL AND death.person_id IS NOT NULL`,
      [deathJoin],
    ),
  withinVisitDates: (_, { cell }) =>
    rows(
      `${cell} < visit.starts - INTERVAL ${daysAroundVisit} DAY OR ${cell} > visit.ends + INTERVAL ${daysAroundVisit} DAY`,
      'visit.visit_occurrence_id IS NOT NULL',
      [visitJoin],
    ),
};

/** @throws {Error} for a kind of check that nobody has written */
export function countingOf(check: Check, today: string): Counting {
  const counter = counters[check.kind.name];
  if (counter === undefined) throw new Error(`Checks of the kind "${check.kind.name}" are not known.`);
  const field = check.field ?? '';
  return counter(check, { today, cell: `t.${nameLiteral(field)}`, field });
}

function rows(violated: string, denominator: string, joins: readonly (typeof birthJoin)[]): Counting {
  return {
    from: 'rows',
    violated: `count(*) FILTER (${violated})`,
    denominator: `count(*) FILTER (${denominator})`,
    joins,
  };
}

/** 0 says that nothing was found for what the source has; so does NULL beside a source value, where there is a field for one. */
function recordCompleteness({ table, field = '' }: Check, { cell }: Place): Counting {
  const source = sourceValueOf(table, field);
  const hasValue = source === null ? 'false' : `t.${nameLiteral(source)} IS NOT NULL`;
  return rows(`${cell} = 0 OR (${cell} IS NULL AND ${hasValue})`, `${cell} IS NOT NULL OR ${hasValue}`, []);
}

/** Fields whose NULL is judged by a source value beside them, by the start of their names. */
const judgedBySource = [
  ...['unit', 'admitted_from', 'discharged_to', 'condition_status', 'route', 'modifier', 'qualifier'],
  ...['cause', 'anatomic_site', 'disease_status', 'country', 'place_of_service', 'specialty'],
  ...['payer', 'plan', 'sponsor', 'stop_reason'],
];

function sourceValueOf(table: string, field: string): string | null {
  const about = field.replace(/_(source_)?concept_id$/, '');
  // An era has no source, and a person's gender is required.
  if (table === 'dose_era') return null;
  const isJudged = judgedBySource.includes(about) || (table === 'provider' && about === 'gender');
  return isJudged ? `${about}_source_value` : null;
}

function beyond({ kind, row }: Check, { today, cell }: Place, sign: '<' | '>'): Counting {
  const limit = limitSql(row[kind.name] ?? '', today);
  const value = limit.includes('DATE') && !limit.startsWith('(') ? `CAST(${cell} AS DATE)` : cell;
  return rows(`${value} ${sign} ${limit}`, `${cell} IS NOT NULL`, []);
}

function lower({ row }: Check, column: string): string {
  return (row[column] ?? '').toLowerCase();
}
