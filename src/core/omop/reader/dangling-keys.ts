import type { DuckDb } from '../../files/duckdb.js';
import { nameLiteral } from '../../files/sql-literal.js';
import type { CdmField, CdmReference } from '../cdm.js';
import type { OmopSource } from '../source/load-tables.js';

/** Keys of one field that name no row. */
export interface DanglingKeys {
  readonly table: string;
  readonly field: string;
  readonly parent: string;
  readonly rows: number;
}

/**
 * Counts, with one scan a table, the keys that name no row of the tables that the source has; concepts are left out,
 * because an extract may come without its vocabulary.
 */
export async function findDanglingKeys(
  db: DuckDb,
  { tables }: OmopSource,
  signal?: AbortSignal,
): Promise<readonly DanglingKeys[]> {
  const found: DanglingKeys[] = [];
  for (const { table, rows, missingFields } of tables.values()) {
    const keys = table.fields
      .filter(isKey)
      .filter(({ name, references }) => tables.has(references.table) && !missingFields.has(name));
    if (rows === 0 || table.part !== 'CDM' || keys.length === 0) continue;
    const counts = keys.map(({ name }, index) => {
      const cell = `t.${nameLiteral(name)}`;
      return `count(*) FILTER (${cell} IS NOT NULL AND p${index}.key IS NULL) AS c${index}`;
    });
    const joins = keys.map(({ name, references: { table: parent, field } }, index) => {
      const known = `(SELECT DISTINCT ${nameLiteral(field)} AS key FROM ${nameLiteral(parent)})`;
      return `LEFT JOIN ${known} AS p${index} ON p${index}.key = t.${nameLiteral(name)}`;
    });
    const sql = `SELECT ${counts.join(', ')} FROM ${nameLiteral(table.name)} AS t ${joins.join(' ')}`;
    const row = await db.queryOne(sql, {}, signal);
    keys.forEach(({ name, references }, index) => {
      const dangling = Number(row[`c${index}`]);
      if (dangling > 0)
        found.push({ table: table.name, field: name, parent: references.table, rows: dangling });
    });
  }
  return found;
}

function isKey(field: CdmField): field is CdmField & { readonly references: CdmReference } {
  return field.references !== undefined && field.references.table !== 'concept';
}
