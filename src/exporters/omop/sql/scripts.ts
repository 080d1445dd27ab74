import type { Cdm, CdmField, CdmTable } from '../../../core/omop/cdm.js';
import { tableFileName } from '../rows/table-file.js';

export const sqlDialects = ['postgresql', 'duckdb'] as const;
export type SqlDialect = (typeof sqlDialects)[number];

/** Names that SQL wants for itself. */
const reserved = new Set(['offset']);

/** CREATE TABLE for every table of the model, without keys, which are added when the rows are there. */
export function tablesSql(cdm: Cdm, dialect: SqlDialect): string {
  return [...cdm.values()].map((table) => createTable(table, dialect)).join('\n');
}

/**
 * The keys: all primary ones, and for PostgreSQL all foreign ones. DuckDB adds no foreign key to a table that is there,
 * and those of the vocabulary go in a circle, so that no order of tables would do.
 */
export function keysSql(cdm: Cdm, dialect: SqlDialect): string {
  const tables = [...cdm.values()];
  const primary = tables.flatMap(({ name, primaryKey }) =>
    primaryKey === undefined ? [] : [primaryKeySql(name, primaryKey, dialect)],
  );
  const foreign = dialect === 'duckdb' ? [] : tables.flatMap(foreignKeysOf);
  return [...primary, ...foreign].map((statement) => `${statement};\n`).join('');
}

/** Loads the CSV files; to be run in their folder (psql, or the duckdb shell). */
export function loadSql(cdm: Cdm, dialect: SqlDialect): string {
  return [...cdm.values()].map((table) => loadTable(table, dialect)).join('');
}

function createTable({ name, fields }: CdmTable, dialect: SqlDialect): string {
  const columns = fields.map(
    (field) => `  ${sqlName(field.name)} ${sqlType(field, dialect)}${field.isRequired ? ' NOT NULL' : ''}`,
  );
  return `CREATE TABLE ${name} (\n${columns.join(',\n')}\n);\n`;
}

/** What a field is in a database. */
export function sqlType({ type, lengthMax }: CdmField, dialect: SqlDialect): string {
  switch (type) {
    case 'integer':
      return 'integer';
    case 'float':
      return dialect === 'postgresql' ? 'numeric' : 'double';
    case 'date':
      return 'date';
    case 'datetime':
      return 'timestamp';
    case 'varchar':
      return lengthMax === undefined ? 'text' : `varchar(${lengthMax})`;
  }
}

function sqlName(name: string): string {
  return reserved.has(name) ? `"${name}"` : name;
}

function primaryKeySql(table: string, key: string, dialect: SqlDialect): string {
  return dialect === 'duckdb'
    ? `ALTER TABLE ${table} ADD PRIMARY KEY (${key})`
    : `ALTER TABLE ${table} ADD CONSTRAINT xpk_${table} PRIMARY KEY (${key})`;
}

function foreignKeysOf({ name: table, fields }: CdmTable): string[] {
  return fields.flatMap(({ name, references }) => {
    if (references === undefined) return [];
    const target = `REFERENCES ${references.table} (${references.field})`;
    return [`ALTER TABLE ${table} ADD CONSTRAINT fpk_${table}_${name} FOREIGN KEY (${name}) ${target}`];
  });
}

function loadTable(table: CdmTable, dialect: SqlDialect): string {
  const file = `'${tableFileName(table)}'`;
  return dialect === 'duckdb'
    ? `COPY ${table.name} FROM ${file} (FORMAT csv, HEADER, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR '', AUTO_DETECT false);\n`
    : `\\copy ${table.name} FROM ${file} WITH (FORMAT csv, HEADER true, NULL '')\n`;
}
