import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDb } from '../../files/duckdb.js';
import type { DuckDb } from '../../files/duckdb.js';
import { textLiteral } from '../../files/sql-literal.js';
import { readCdmContent } from '../read-cdm-content.js';
import { findTables } from './find-tables.js';
import { listOmopFolder } from './list-folder.js';
import { loadTables, type OmopSource } from './load-tables.js';

let root: string;
let db: DuckDb;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'picketfence-damaged-'));
  db = await openDuckDb({ allowedDirectories: [root], tempDirectory: join(root, 'spill') });
});
afterAll(async () => {
  db.close();
  await rm(root, { recursive: true });
});

/** A folder with a table of deaths whose bytes were changed after they were written. */
async function load(name: string, change: (bytes: Buffer) => Buffer): Promise<OmopSource> {
  const folder = join(root, name);
  const scratch = join(root, `${name}-scratch`);
  for (const each of [folder, scratch]) await mkdir(each);
  const path = join(folder, 'DEATH.parquet');
  await db.query(
    `COPY (SELECT range AS person_id, DATE '2020-01-01' + range::INTEGER AS death_date FROM range(5000))
     TO ${textLiteral(path)} (FORMAT parquet, COMPRESSION zstd)`,
  );
  await writeFile(path, change(await readFile(path)));
  const cdm = await readCdmContent('content');
  return loadTables(db, findTables(await listOmopFolder(folder), cdm), { cdm, folder, scratch });
}

it.each<[string, (bytes: Buffer) => Buffer]>([
  ['that was cut while it was written', (bytes) => bytes.subarray(0, bytes.length / 2)],
  ['of which only the end is missing', (bytes) => bytes.subarray(0, -1)],
  ['with damaged pages', (bytes) => bytes.fill(0xff, 4, 200)],
  ['that is empty', () => Buffer.alloc(0)],
])('a Parquet file %s is refused with its table', async (name, change) => {
  await expect(load(name, change)).rejects.toMatchObject({
    name: 'OmopSourceError',
    message: expect.stringContaining('table death: ') as string,
  });
});

it('a whole one is read', async () => {
  expect((await load('whole', (bytes) => bytes)).tables.get('death')?.rows).toBe(5000);
});
