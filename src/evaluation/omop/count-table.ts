import type { DuckDb, Row } from '../../core/files/duckdb.js';
import { nameLiteral } from '../../core/files/sql-literal.js';
import type { CdmTable } from '../../core/omop/cdm.js';
import type { LoadedTable } from '../../core/omop/source/load-tables.js';
import type { Check, CheckCounts } from './check.js';
import type { ConceptUse, Counting, Join, UnitUse } from './counting.js';
import { unitUseSql } from './units.js';

export interface CountedCheck {
  readonly check: Check;
  readonly counting: Counting;
}

/** All counts of one table. */
export interface TableCounts {
  /** In the order of the checks. */
  readonly counts: readonly CheckCounts[];
  /** Rows with a value, by field; a cell of another type is one. */
  readonly filledRows: ReadonlyMap<string, number>;
}

/**
 * Counts every check of one table: one scan for all that look at rows, one for the concepts that its fields use, one for
 * units, and a statement for each that needs its own.
 */
export async function countTable(
  db: DuckDb,
  table: CdmTable,
  loaded: LoadedTable | undefined,
  checks: readonly CountedCheck[],
  signal?: AbortSignal,
): Promise<TableCounts> {
  const rows = loaded?.rows ?? 0;
  const scan = rows === 0 ? null : await scanRows(db, table, checks, signal);
  const uses = rows === 0 ? [] : await conceptUses(db, table.name, fieldsOf(checks, 'concepts'), signal);
  const units = rows === 0 ? [] : await unitUses(db, table.name, fieldsOf(checks, 'units'), signal);
  const misfits = new Map(
    (loaded?.misfits ?? []).filter(({ kind }) => kind === 'type').map(({ field, cells }) => [field, cells]),
  );
  const filledRows = new Map(
    table.fields.map(({ name }) => [name, (scan?.filled.get(name) ?? 0) + (misfits.get(name) ?? 0)]),
  );
  const countOne = async ({ check, counting }: CountedCheck): Promise<CheckCounts> => {
    const { field = '' } = check;
    switch (counting.from) {
      case 'presence': {
        const isThere = loaded !== undefined && !loaded.missingFields.has(field);
        return { violated: isThere ? 0 : 1, denominator: 1 };
      }
      case 'misfits':
        return { violated: misfits.get(field) ?? 0, denominator: rows };
      case 'emptiness':
        return { violated: rows - (filledRows.get(field) ?? 0), denominator: rows };
      case 'rows':
        return {
          violated: scan?.of(counting.violated) ?? 0,
          denominator: scan?.of(counting.denominator) ?? 0,
        };
      case 'concepts':
        return countConcepts(
          counting,
          uses.filter((use) => use.field === field),
          rows,
        );
      case 'units':
        return counting.count(units);
      case 'query':
        return countsIn(await db.queryOne(counting.sql, {}, signal));
    }
  };
  const counts: CheckCounts[] = [];
  for (const each of checks) counts.push(await countOne(each));
  return { counts, filledRows };
}

function fieldsOf(checks: readonly CountedCheck[], from: Counting['from']): string[] {
  const fields = checks
    .filter(({ counting }) => counting.from === from)
    .map(({ check }) => check.field ?? '');
  return [...new Set(fields)];
}

interface Scan {
  /** The value of an aggregate. */
  of(sql: string): number;
  readonly filled: ReadonlyMap<string, number>;
}

async function scanRows(
  db: DuckDb,
  { name, fields }: CdmTable,
  checks: readonly CountedCheck[],
  signal?: AbortSignal,
): Promise<Scan> {
  const aggregates = new Map<string, string>();
  const joins = new Map<string, Join>();
  const want = (sql: string): void => {
    if (!aggregates.has(sql)) aggregates.set(sql, `c${aggregates.size}`);
  };
  const filledSql = (field: string): string => `count(t.${nameLiteral(field)})`;
  for (const field of fields) want(filledSql(field.name));
  for (const { counting } of checks) {
    if (counting.from !== 'rows') continue;
    want(counting.violated);
    want(counting.denominator);
    for (const join of counting.joins) joins.set(join.alias, join);
  }
  const columns = [...aggregates].map(([sql, alias]) => `${sql} AS ${alias}`).join(',\n');
  const joined = [...joins.values()].map(({ sql }) => sql).join('\n');
  const found = await db.queryOne(`SELECT ${columns} FROM ${nameLiteral(name)} AS t ${joined}`, {}, signal);
  const of = (sql: string): number => Number(found[aggregates.get(sql) ?? '']);
  return { of, filled: new Map(fields.map((field) => [field.name, of(filledSql(field.name))])) };
}

async function conceptUses(
  db: DuckDb,
  table: string,
  fields: readonly string[],
  signal?: AbortSignal,
): Promise<ConceptUse[]> {
  if (fields.length === 0) return [];
  const names = fields.map(nameLiteral).join(', ');
  const found = await db.query(
    `WITH used AS MATERIALIZED (
      SELECT field, id, count(*) AS rows
      FROM (UNPIVOT (SELECT ${names} FROM ${nameLiteral(table)}) ON ${names} INTO NAME field VALUE id)
      GROUP BY ALL),
    known AS (
      SELECT DISTINCT ON (concept_id) concept_id, domain_id, concept_class_id, standard_concept, invalid_reason
      FROM concept WHERE concept_id IN (SELECT id FROM used))
    SELECT field, id = 0 AS is_zero, concept_id IS NOT NULL AS is_known, domain_id, concept_class_id,
      standard_concept, invalid_reason IS NOT NULL AS is_invalid, sum(rows) AS rows
    FROM used LEFT JOIN known ON concept_id = id GROUP BY ALL`,
    {},
    signal,
  );
  return found.map((row) => ({
    field: String(row['field']),
    isZero: row['is_zero'] === true,
    isKnown: row['is_known'] === true,
    domain: textOf(row['domain_id']),
    conceptClass: textOf(row['concept_class_id']),
    standard: textOf(row['standard_concept']),
    isInvalid: row['is_invalid'] === true,
    rows: Number(row['rows']),
  }));
}

async function unitUses(
  db: DuckDb,
  table: string,
  fields: readonly string[],
  signal?: AbortSignal,
): Promise<UnitUse[]> {
  const [field] = fields;
  if (field === undefined) return [];
  const found = await db.query(unitUseSql(table, field), {}, signal);
  return found.map((row) => ({
    conceptId: textOf(row['concept']) ?? '',
    unitConceptId: textOf(row['unit']),
    rows: Number(row['rows']),
  }));
}

function countConcepts(
  { violates, denominator }: Counting & { readonly from: 'concepts' },
  uses: readonly ConceptUse[],
  rows: number,
): CheckCounts {
  const sum = (some: readonly ConceptUse[]): number => some.reduce((total, use) => total + use.rows, 0);
  return {
    violated: sum(uses.filter(violates)),
    denominator: denominator === 'all-rows' ? rows : sum(uses),
  };
}

function countsIn(row: Row): CheckCounts {
  return { violated: Number(row['violated']), denominator: Number(row['denominator']) };
}

function textOf(value: Row[string] | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
