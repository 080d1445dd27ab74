import type { CdmField, CdmTable } from '../../../core/omop/cdm.js';
import { openDuckDb } from '../../../core/files/duckdb.js';
import type { DuckDb } from '../../../core/files/duckdb.js';
import { pathLiteral, textLiteral } from '../../../core/files/sql-literal.js';
import type { WrittenClinicalFile } from '../../clinical-writer.js';
import type { OutputFolder } from '../rows/output-folder.js';
import { tableFileName } from '../rows/table-file.js';

const sqlTypes = {
  ...{ integer: 'INTEGER', float: 'DOUBLE', date: 'DATE', datetime: 'TIMESTAMP', varchar: 'VARCHAR' },
} as const satisfies Record<CdmField['type'], string>;

const rowGroupSize = 122_880;

/**
 * Writes every table a second time, as `parquet/person.parquet` (zstd, typed), from the finished CSV files. Rows come in
 * the same order, and the same CSV gives the same bytes.
 */
export async function writeParquetTwin(
  folder: OutputFolder,
  tables: readonly CdmTable[],
  workFolder: string,
): Promise<WrittenClinicalFile[]> {
  const db = await openDuckDb({
    ...{ allowedDirectories: [folder.folder], tempDirectory: workFolder, memoryLimit: '512MB' },
  });
  try {
    const files = [];
    for (const table of tables) files.push(await writeTable(db, folder, table));
    return files;
  } finally {
    db.close();
  }
}

async function writeTable(db: DuckDb, folder: OutputFolder, table: CdmTable): Promise<WrittenClinicalFile> {
  const name = `parquet/${table.name}.parquet`;
  const target = textLiteral(await folder.claim(name));
  folder.own(name);
  const source = folder.path(tableFileName(table));
  const copy = async (parallel: boolean): Promise<number> => {
    const { Count: rows } = await db.queryOne(
      `COPY (FROM ${csvReader(source, table, parallel)}) TO ${target}
       (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rowGroupSize})`,
    );
    return Number(rows);
  };
  // The parallel reader gives up on line breaks in texts that it cannot tell from rows; one thread reads every file.
  const count = await copy(true).catch(() => copy(false));
  return folder.describe(name, { mediaType: 'application/vnd.apache.parquet', count });
}

function csvReader(path: string, { fields }: CdmTable, parallel: boolean): string {
  const columns = fields.map(({ name, type }) => `${textLiteral(name)}: '${sqlTypes[type]}'`).join(', ');
  return `read_csv(${pathLiteral(path)}, columns = {${columns}}, header = true, auto_detect = false, delim = ',',
    quote = '"', escape = '"', comment = '', nullstr = '', dateformat = '%Y-%m-%d',
    timestampformat = '%Y-%m-%d %H:%M:%S', new_line = '\\n', max_line_size = 16000000, parallel = ${parallel})`;
}
