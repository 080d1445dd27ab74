import { randomBytes } from 'node:crypto';
import { chmod, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { copySchema } from '../../src/commands/omop/copy-schema.js';
import { withOmopFolder } from '../../src/commands/omop/open-source.js';
import type { PatientRecord } from '../../src/core/events/patient-record.js';
import { readRecords } from '../../src/core/omop/reader/read-records.js';
import { aRecord } from '../../src/core/events/testing/a-record.js';
import { aFolder, anOmopFolder, theCdm } from '../../src/exporters/omop/testing/omop-folder.js';
import type { OmopFolder } from '../../src/exporters/omop/testing/omop-folder.js';
import { variedRecords } from '../../src/exporters/omop/testing/varied-records.js';

let release: OmopFolder;
let database: pg.Client;
let address: URL;
let dropDatabase: () => Promise<void>;

beforeAll(async () => {
  const url = process.env['PICKETFENCE_TEST_DATABASE_URL'];
  if (url === undefined) throw new Error('There is no test database: run the tests with "npm test".');
  const name = `omop_${randomBytes(6).toString('hex')}`;
  const server = new pg.Client({ connectionString: url });
  await server.connect();
  await server.query(`CREATE DATABASE ${name}`);
  address = new URL(url);
  address.pathname = `/${name}`;
  database = new pg.Client({ connectionString: address.href });
  await database.connect();
  dropDatabase = async () => {
    await database.end();
    await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await server.end();
  };
  release = await anOmopFolder([aRecord(1), ...variedRecords(200)]);
});

afterAll(async () => {
  await dropDatabase();
  await release.remove();
});

/** The statements of a script that the release ships, one by one. */
async function statementsOf(name: string): Promise<string[]> {
  const script = await release.text(name);
  return script.split(/;\n|\n(?=\\copy)/).filter((statement) => statement.trim() !== '');
}

/** psql's \copy by the COPY of the server, which reads the same file with the same options but may be another user. */
async function load(statement: string): Promise<void> {
  const [, table = '', file = ''] =
    /^\\copy (\w+) FROM '(\w+\.csv)' WITH \(FORMAT csv, HEADER true, NULL ''\)/.exec(statement) ?? [];
  await chmod(release.folder, 0o755);
  await database.query(
    `COPY ${table} FROM '${join(release.folder, file)}' WITH (FORMAT csv, HEADER true, NULL '')`,
  );
}

it('loads into PostgreSQL with every primary and foreign key', async () => {
  const {
    rows: [version],
  } = await database.query<{ v: string }>(`SELECT current_setting('server_version_num') AS v`);
  expect(Number(version?.v)).toBeGreaterThanOrEqual(150000);
  for (const statement of await statementsOf('ddl/postgresql.sql')) await database.query(statement);
  const loads = await statementsOf('load/postgresql.sql');
  expect(loads).toHaveLength(39);
  for (const statement of loads) await load(statement);
  const keys = await statementsOf('ddl/postgresql-keys.sql');
  const failures: string[] = [];
  for (const statement of keys)
    await database
      .query(statement)
      .catch((error: unknown) => failures.push(`${statement}: ${String(error)}`));
  expect(failures).toEqual([]);
  const { rows } = await database.query<{ contype: string; count: string }>(
    `SELECT contype, count(*) FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'f')
     GROUP BY contype ORDER BY contype`,
  );
  expect(rows).toEqual([
    { contype: 'f', count: '176' },
    { contype: 'p', count: '28' },
  ]);
  for (const { name, count } of release.written.files.filter((file) => file.name.endsWith('.csv'))) {
    const table = name.replace('.csv', '').toLowerCase();
    const { rows: counted } = await database.query<{ count: string }>(`SELECT count(*) FROM ${table}`);
    expect([name, Number(counted[0]?.count)]).toEqual([name, count]);
  }
});

it('is read from a schema of PostgreSQL as it is from its files, and other tables are not looked at', async () => {
  await database.query('CREATE TABLE person_links (person_id bigint, nhs_number text)');
  const folder = join(await aFolder(), 'copied');
  const signal = new AbortController().signal;
  const connection = { connectionString: address.href };
  await copySchema('public', folder, { connection, cdm: await theCdm(), signal });
  expect((await readdir(folder)).sort()).toEqual(
    [...(await theCdm()).keys()].map((each) => `${each}.csv`).sort(),
  );
  const recordsIn = (path: string): Promise<PatientRecord[]> =>
    withOmopFolder(path, signal, async ({ db, source }) => {
      const records: PatientRecord[] = [];
      for await (const record of readRecords(db, source).records) records.push(record);
      return records;
    });
  const copied = await recordsIn(folder);
  expect(copied.length).toBeGreaterThan(200);
  expect(copied).toEqual(await recordsIn(release.folder));
  await rm(dirname(folder), { recursive: true });
  const absent = copySchema('elsewhere', folder, { connection, cdm: await theCdm(), signal });
  await expect(absent).rejects.toThrow('no schema "elsewhere" with tables of the OMOP model');
  const nowhere = new URL(address);
  nowhere.port = '1';
  const wrong = copySchema('public', folder, {
    connection: { connectionString: nowhere.href },
    cdm: await theCdm(),
    signal,
  });
  await expect(wrong).rejects.toThrow(/^PostgreSQL: /);
});

it('is refused by PostgreSQL when a concept has no row', async () => {
  await database.query('ALTER TABLE measurement DROP CONSTRAINT fpk_measurement_unit_concept_id');
  await database.query('UPDATE measurement SET unit_concept_id = 8840000 WHERE measurement_id = 1');
  const keys = await statementsOf('ddl/postgresql-keys.sql');
  const key = keys.find((statement) => statement.includes('fpk_measurement_unit_concept_id')) ?? '';
  await expect(database.query(key)).rejects.toThrow('violates foreign key constraint');
});
