import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convertCsvToParquet } from '../csv-to-parquet.js';
import { CsvValidator } from '../csv-validator.js';
import { openDuckDb } from '../duckdb.js';
import { inspectColumns } from '../inspect-columns.js';
import type { ColumnProposal } from '../inspect-columns.js';

/** What is proposed for each column of a CSV file, by its name. */
export async function inspectFile(csv: Buffer): Promise<Map<string, ColumnProposal>> {
  const folder = await mkdtemp(join(tmpdir(), 'picketfence-inspect-'));
  const db = await openDuckDb({ allowedDirectories: [folder], tempDirectory: join(folder, 'spill') });
  try {
    const [csvPath, parquetPath] = [join(folder, 'c.csv'), join(folder, 'c.parquet')];
    await writeFile(csvPath, csv);
    const validator = new CsvValidator({ recordBytesMax: 1_000_000, columnsMax: 500 });
    validator.push(csv);
    await convertCsvToParquet(db, csvPath, parquetPath, validator.end().columnNames);
    const proposals = await inspectColumns(db, parquetPath);
    return new Map(proposals.map((proposal) => [proposal.name, proposal]));
  } finally {
    db.close();
    await rm(folder, { recursive: true });
  }
}
