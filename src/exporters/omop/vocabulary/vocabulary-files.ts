import { open, readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { CdmTable } from '../../../core/omop/cdm.js';
import { nameLiteral, pathLiteral, textLiteral } from '../../../core/files/sql-literal.js';
import { VocabularyError } from './vocabulary-error.js';

const headerBytesMax = 65_536;

/**
 * The SQL that reads a table of the vocabulary from a folder, typed as the model says and in the model's columns; null
 * when the folder has no file of that name. Files are `CONCEPT.csv` as Athena gives them (tabs, nothing quoted, dates
 * YYYYMMDD), the same with commas and quotes, or `CONCEPT.parquet`; the case of the name does not matter.
 * @throws {VocabularyError} when a column is missing
 */
export async function vocabularySelect(folder: string, table: CdmTable): Promise<string | null> {
  const path = await findFile(folder, table.name);
  if (path === null) return null;
  const isParquet = extname(path).toLowerCase() === '.parquet';
  const source = isParquet ? `read_parquet(${pathLiteral(path)})` : await csvSource(path, table);
  const columns = table.fields.map(({ name, type }) => {
    const column = nameLiteral(name);
    const text = `nullif(CAST(${column} AS VARCHAR), '')`;
    if (type === 'integer') return `CAST(${text} AS INTEGER) AS ${column}`;
    if (type === 'float') return `CAST(${text} AS DOUBLE) AS ${column}`;
    if (type === 'varchar') return `${text} AS ${column}`;
    const compact = `try_strptime(left(${text}, 10), '%Y%m%d')`;
    return `CAST(coalesce(${compact}, strptime(left(${text}, 10), '%Y-%m-%d')) AS DATE) AS ${column}`;
  });
  return `SELECT ${columns.join(', ')} FROM ${source}`;
}

async function findFile(folder: string, table: string): Promise<string | null> {
  const names = await readdir(folder).catch(() => {
    throw new VocabularyError(folder, 'is not a folder that can be read');
  });
  const found = names.filter((name) => [`${table}.csv`, `${table}.parquet`].includes(name.toLowerCase()));
  if (found.length > 1) throw new VocabularyError(folder, `has ${found.join(' and ')}, and which one holds?`);
  return found[0] === undefined ? null : join(folder, found[0]);
}

async function csvSource(path: string, table: CdmTable): Promise<string> {
  const header = await readHeader(path);
  const delimiter = header.includes('\t') ? '\t' : ',';
  const names = header.split(delimiter).map((name) => name.trim().replaceAll('"', '').toLowerCase());
  const missing = table.fields.find(({ name }) => !names.includes(name));
  if (missing) throw new VocabularyError(path, `has no column "${missing.name}"`);
  const columns = names.map((name) => `${textLiteral(name)}: 'VARCHAR'`).join(', ');
  const quoting = delimiter === '\t' ? `quote = '', escape = ''` : `quote = '"', escape = '"'`;
  return `read_csv(${pathLiteral(path)}, columns = {${columns}}, header = true, auto_detect = false,
    delim = ${textLiteral(delimiter)}, ${quoting}, comment = '', strict_mode = false)`;
}

async function readHeader(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headerBytesMax), 0, headerBytesMax, 0);
    const [line = ''] = buffer
      .toString('utf8', 0, bytesRead)
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/, 1);
    return line;
  } finally {
    await file.close();
  }
}
