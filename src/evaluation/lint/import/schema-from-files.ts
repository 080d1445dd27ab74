import type { ColumnSchema, SemanticType } from '../../../core/schema/schema.js';
import { isDateType, isIdentifierName } from '../column-meaning.js';
import type { LintFolder } from '../lint-folder.js';
import type { OrmColumn } from '../readers/orm.js';
import type { Statistic } from '../readers/statistics.js';
import type { ImportTarget } from './profile-from-src-stats.js';

/** The tables that there is something to import for. */
export function importableTables({ tables, statistics }: LintFolder): string[] {
  const named = statistics.flatMap(({ table }) => (table === undefined ? [] : [table]));
  return [...new Set([...tables.map(({ name }) => name), ...named])].sort();
}

/** The columns of a table as orm.yaml has them, else as the statistics name them. */
export function schemaFromFiles({ tables, statistics }: LintFolder, table: string): ImportTarget {
  const counted = new Set(
    statistics.filter((one) => one.table === table || one.table === undefined).flatMap(countedColumns),
  );
  const columns = tables.find(({ name }) => name === table)?.columns;
  const wanted =
    columns?.map((column) => schemaColumn(column.name, typeOf(column, counted))) ??
    [...counted].map((name) => schemaColumn(name, isIdentifierName(name) ? 'identifier' : 'category'));
  return { table, columns: wanted };
}

function schemaColumn(name: string, type: SemanticType): ColumnSchema {
  return { name, type, missingMarkers: [''] };
}

/** Columns whose values are listed with counts. */
function countedColumns({ columns }: Statistic): string[] {
  if (!columns.some(({ meaning }) => meaning === 'count')) return [];
  return columns
    .filter(({ meaning, bare }) => meaning === 'value' && bare)
    .flatMap((column) => column.columns);
}

function typeOf({ name, sqlType, primary }: OrmColumn, counted: ReadonlySet<string>): SemanticType {
  if (primary || isIdentifierName(name)) return 'identifier';
  if (isDateType(sqlType)) return /^date\b(?!time)/i.test(sqlType) ? 'date' : 'datetime';
  if (/^bool/i.test(sqlType)) return 'boolean';
  if (counted.has(name)) return 'category';
  if (/^(small|big|medium|tiny)?int/i.test(sqlType)) return 'integer';
  return /^(numeric|decimal|double|float|real|number)/i.test(sqlType) ? 'number' : 'free-text';
}
