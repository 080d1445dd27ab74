import type { Cdm } from '../cdm.js';
import { OmopSourceError } from './omop-source-error.js';

type TableFormat = 'csv' | 'parquet';

export interface TableFile {
  /** Relative to the folder. */
  readonly path: string;
  readonly format: TableFormat;
}

/** What lies in a folder, told by the names alone: nothing is opened. */
export interface OmopFiles {
  /** `omop-es`: the layout of UCLH's extracts, with tables in `public` and links to people in `private`. */
  readonly layout: 'tables' | 'omop-es';
  /** By the name of the table in the model. */
  readonly tables: ReadonlyMap<string, TableFile>;
  /** `*_BAD`: rows that the extraction turned away; they are counted and never read as data. */
  readonly rejected: ReadonlyMap<string, TableFile>;
  /** `*_LINKS`: who somebody is. Never opened. */
  readonly links: readonly string[];
  /** The settings of the extraction. */
  readonly summary: string | null;
  /** What is no table of the model. */
  readonly others: readonly string[];
}

const tableName = /^(?:public\/)?([a-z_]+)\.(csv|csv\.gz|parquet)$/i;
const summaryName = /^(?:public\/)?extract_summary\.json$/i;

/**
 * Tells the tables of the model by their files' names, in any case: CSV (also gzipped) and Parquet, in the folder or in
 * its `public`.
 * @param paths relative to the folder, `/` between folder and file
 * @throws {OmopSourceError} when a table is there twice, or none is there
 */
export function findTables(paths: readonly string[], cdm: Cdm): OmopFiles {
  const tables = new Map<string, TableFile>();
  const rejected = new Map<string, TableFile>();
  const links: string[] = [];
  const others: string[] = [];
  let summary: string | null = null;
  for (const path of [...paths].sort()) {
    const [, name = '', ending = ''] = tableName.exec(path) ?? [];
    const table = name.toLowerCase();
    const file = { path, format: ending.toLowerCase() === 'parquet' ? 'parquet' : 'csv' } as const;
    if (/_links(\.|$)/i.test(path)) links.push(path);
    else if (summaryName.test(path)) summary = path;
    else if (cdm.has(table)) keep(tables, table, file);
    else if (cdm.has(table.replace(/_bad$/, ''))) keep(rejected, table.replace(/_bad$/, ''), file);
    else others.push(path);
  }
  if (tables.size === 0)
    throw new OmopSourceError(null, 'There is no table of the OMOP model in the folder.');
  const isOmopEs = summary !== null || [...tables.values()].some(({ path }) => /^public\//i.test(path));
  return { layout: isOmopEs ? 'omop-es' : 'tables', tables, rejected, links, summary, others };
}

function keep(files: Map<string, TableFile>, table: string, file: TableFile): void {
  const earlier = files.get(table);
  if (earlier)
    throw new OmopSourceError({ table }, `there are two files of it, ${earlier.path} and ${file.path}.`);
  files.set(table, file);
}
