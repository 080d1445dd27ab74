import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { openColumns } from '../../core/files/open-columns.js';
import { nameLiteral, textLiteral } from '../../core/files/sql-literal.js';
import type { CdmField, CdmTable } from '../../core/omop/cdm.js';
import { findDanglingKeys } from '../../core/omop/reader/dangling-keys.js';
import { refuseMisfits } from '../../core/omop/reader/refuse-misfits.js';
import type { LoadedTable } from '../../core/omop/source/load-tables.js';
import type { ColumnSchema } from '../../core/schema/schema.js';
import type { KeyRelation } from '../../core/schema/key-relation.js';
import type { DatasetTable } from '../../generators/relational/dataset.js';
import type { CommandContext } from '../command.js';
import type { OpenDataset } from '../tables/open-dataset.js';
import { learnedKeys, learnedTables, learnedType } from './omop-columns.js';
import { withOmopFolder } from './open-source.js';
import type { OpenOmop } from './open-source.js';

/**
 * Opens a folder of OMOP tables as related tables of persons, for the time of `work`. Rows that name no person are left
 * out, keys that name no visit of the person are taken for missing; both are said.
 * @throws {OmopSourceError} when a cell is not of its field's type
 */
export async function withOmopDataset<T>(
  folder: string,
  { context, signal }: { context: CommandContext; signal: AbortSignal },
  work: (open: OpenDataset) => Promise<T>,
): Promise<T> {
  return withOmopFolder(folder, signal, async (open) => {
    const learned = tablesToLearn(open);
    refuseMisfits(open.source, new Map(learned.map(({ loaded }) => [loaded.table.name, ['person_id']])));
    for (const { table, field, parent, rows } of await findDanglingKeys(open.db, open.source, signal))
      context.complain(`${table}.${field}: ${rows} rows name no row of ${parent}`);
    const tables: DatasetTable[] = [];
    for (const each of learned) tables.push(await openTable(open, each, signal));
    return work({
      dataset: { tables, relations: learned.flatMap(relationsOf) },
      leftOut: learned.flatMap(({ loaded: { table, missingFields }, fields }) =>
        table.fields
          .filter((field) => !missingFields.has(field.name) && !fields.includes(field))
          .map(({ name }) => `${table.name}.${name}`),
      ),
      hash: hashOf(learned),
    });
  });
}

interface LearnedTable {
  readonly loaded: LoadedTable;
  /** Those that name a row of a table that is learned too. */
  readonly keys: readonly CdmField[];
  /** All that are learned, the keys among them. */
  readonly fields: readonly CdmField[];
}

function tablesToLearn({ source }: OpenOmop): LearnedTable[] {
  const tables = learnedTables
    .flatMap((name) => source.tables.get(name) ?? [])
    .filter(({ rows }) => rows > 0);
  const names = new Set(tables.map(({ table }) => table.name));
  return tables.map((loaded) => {
    const { table, missingFields } = loaded;
    const present = table.fields.filter(({ name }) => !missingFields.has(name));
    const keys = learnedKeys(table).filter(
      (field) => present.includes(field) && names.has(field.references?.table ?? ''),
    );
    const fields = present.filter((field) => keys.includes(field) || learnedType(field, table) !== null);
    return { loaded, keys, fields };
  });
}

async function openTable(
  { db, scratch }: OpenOmop,
  { loaded: { table }, keys, fields }: LearnedTable,
  signal: AbortSignal,
): Promise<DatasetTable> {
  const columns = fields.map((field): ColumnSchema => {
    const type = keys.includes(field) ? 'identifier' : (learnedType(field, table) ?? 'identifier');
    return { name: field.name, type, missingMarkers: [''] };
  });
  const path = join(scratch, `${table.name}-learned.parquet`);
  await db.query(learnedSql(table, columns, path), {}, signal);
  return {
    name: table.name,
    schema: { columns },
    rows: await openColumns(db, path, { columns }),
    primaryKey: table.primaryKey === undefined ? [] : [table.primaryKey],
  };
}

/** The cells as texts, with the keys that name somebody. */
function learnedSql(table: CdmTable, columns: readonly ColumnSchema[], path: string): string {
  const hasVisit =
    table.name !== 'visit_occurrence' && columns.some(({ name }) => name === 'visit_occurrence_id');
  const cells = columns.map(({ name }) => {
    const source = hasVisit && name === 'visit_occurrence_id' ? 'v' : 't';
    return `coalesce(CAST(${source}.${nameLiteral(name)} AS VARCHAR), '') AS ${nameLiteral(name)}`;
  });
  const visit = hasVisit
    ? `LEFT JOIN (SELECT DISTINCT visit_occurrence_id, person_id FROM visit_occurrence) AS v
        ON v.visit_occurrence_id = t.visit_occurrence_id AND v.person_id = t.person_id`
    : '';
  const known = table.name === 'person' ? '' : 'WHERE t.person_id IN (SELECT person_id FROM person)';
  return `COPY (SELECT ${cells.join(', ')} FROM ${nameLiteral(table.name)} AS t ${visit} ${known})
    TO ${textLiteral(path)} (FORMAT parquet, COMPRESSION zstd)`;
}

function relationsOf({ loaded, keys }: LearnedTable): KeyRelation[] {
  return keys.map(({ name, references }) => ({
    parent: references?.table ?? '',
    parentKey: [name],
    child: loaded.table.name,
    foreignKey: [name],
  }));
}

/** Over the files of the tables that are learned. */
function hashOf(learned: readonly LearnedTable[]): string {
  const hash = createHash('sha256');
  for (const {
    loaded: { table, sha256 },
  } of learned)
    hash.update(`${table.name}\0${sha256}\0`);
  return hash.digest('hex');
}
