import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { openDuckDb } from '../../src/core/files/duckdb.js';
import type { DuckDb } from '../../src/core/files/duckdb.js';
import { anOmopFolder, theCdm } from '../../src/exporters/omop/testing/omop-folder.js';
import type { OmopFolder } from '../../src/exporters/omop/testing/omop-folder.js';
import { variedRecords } from '../../src/exporters/omop/testing/varied-records.js';

let release: OmopFolder;
let db: DuckDb;

beforeAll(async () => {
  release = await anOmopFolder(variedRecords(60), { parquet: true });
  db = await openDuckDb({ allowedDirectories: [release.folder], tempDirectory: tmpdir() });
});

afterAll(async () => {
  db.close();
  await release.remove();
});

async function run(script: string): Promise<void> {
  const text = await release.text(script);
  // The shell runs the script in its folder; here the folder has to be named.
  const statements = text.replaceAll(
    /FROM '(\w+\.csv)'/g,
    (_, name: string) => `FROM '${join(release.folder, name)}'`,
  );
  for (const statement of statements.split(/;\n/).filter((each) => each.trim() !== ''))
    await db.query(statement);
}

it('loads into DuckDB with every primary key, and Parquet says the same as CSV', async () => {
  for (const script of ['ddl/duckdb.sql', 'load/duckdb.sql', 'ddl/duckdb-keys.sql']) await run(script);
  const keys = await db.query(`FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'`);
  expect(keys).toHaveLength(28);
  const cdm = await theCdm();
  for (const { name, fields } of cdm.values()) {
    const parquet = `read_parquet('${join(release.folder, 'parquet', `${name}.parquet`)}')`;
    const difference = await db.query(
      `(FROM ${name} EXCEPT ALL FROM ${parquet}) UNION ALL (FROM ${parquet} EXCEPT ALL FROM ${name})`,
    );
    expect([name, difference]).toEqual([name, []]);
    const columns = await db.query(`DESCRIBE FROM ${parquet}`);
    expect(columns.map((column) => column['column_name'])).toEqual(fields.map((field) => field.name));
  }
  const { events } = await db.queryOne(
    `SELECT (SELECT count(*) FROM measurement) + (SELECT count(*) FROM observation) AS events`,
  );
  expect(Number(events)).toBeGreaterThan(500);
});
