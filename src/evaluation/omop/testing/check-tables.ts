import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDb } from '../../../core/files/duckdb.js';
import type { DuckDb } from '../../../core/files/duckdb.js';
import { readCdm } from '../../../core/omop/cdm.js';
import type { Cdm } from '../../../core/omop/cdm.js';
import { findTables } from '../../../core/omop/source/find-tables.js';
import { listOmopFolder } from '../../../core/omop/source/list-folder.js';
import { loadTables } from '../../../core/omop/source/load-tables.js';
import type { OmopSource } from '../../../core/omop/source/load-tables.js';
import type { Check } from '../check.js';
import { readChecks } from '../read-checks.js';
import { runChecks } from '../run-checks.js';
import type { CheckResult } from '../run-checks.js';
import type { Tables } from './clean-tables.js';

const content = (path: string): Promise<string> => readFile(`content/omop/${path}.csv`, 'utf8');

export async function modelForTests(): Promise<Cdm> {
  const of = (level: string): Promise<string> => content(`cdm/OMOP_CDMv5.4_${level}_Level`);
  return readCdm({ tables: await of('Table'), fields: await of('Field') });
}

export async function checksForTests(): Promise<readonly Check[]> {
  const of = (name: string): Promise<string> => content(`dqd/DQD_OMOP_CDMv5.4_${name}`);
  const [tables, fields] = [await of('Table_Level'), await of('Field_Level')];
  const [descriptions, concepts] = [await of('Check_Descriptions'), await of('Concept_Level')];
  return readChecks({ descriptions, tables, fields, concepts });
}

/** Writes every table of the model that is named as CSV; one without rows has a heading alone. */
export async function writeTables(folder: string, cdm: Cdm, tables: Tables): Promise<void> {
  for (const { name, fields } of cdm.values()) {
    if (tables[name] === undefined) continue;
    const names = fields.map((field) => field.name);
    const rows = tables[name].map((row) => names.map((field) => row[field] ?? '').join(','));
    await writeFile(join(folder, `${name.toUpperCase()}.csv`), [names.join(','), ...rows, ''].join('\n'));
  }
}

/** A place for one run: a folder for the files of the source, and a DuckDB that may read it. */
export async function withFolder<T>(
  work: (folder: string, db: DuckDb, scratch: string) => Promise<T>,
): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), 'picketfence-omop-test-'));
  const [folder, scratch] = [join(root, 'source'), join(root, 'scratch')];
  await mkdir(folder);
  await mkdir(scratch);
  const db = await openDuckDb({ allowedDirectories: [root], tempDirectory: join(root, 'spill') });
  try {
    return await work(folder, db, scratch);
  } finally {
    db.close();
    await rm(root, { recursive: true });
  }
}

/** Runs checks on what lies in a folder. `today` is 2026-03-31. */
export async function checkFolder(
  folder: string,
  { db, scratch }: { db: DuckDb; scratch: string },
  cdm: Cdm,
  checks: readonly Check[],
): Promise<readonly CheckResult[]> {
  const files = findTables(await listOmopFolder(folder), cdm);
  const source = await loadTables(db, files, { cdm, folder, scratch });
  return runChecks(db, source, checks, { today: '2026-03-31' });
}

/** The clean tables, loaded once; what a case changes is loaded in their place. */
export class PlantedSource {
  readonly #cdm: Cdm;
  readonly #db: DuckDb;
  readonly #root: string;
  #loaded: OmopSource;
  #current: Tables = {};
  #round = 0;

  constructor(cdm: Cdm, place: { db: DuckDb; root: string }) {
    this.#cdm = cdm;
    this.#db = place.db;
    this.#root = place.root;
    this.#loaded = { cdm, tables: new Map(), rejectedRows: new Map() };
  }

  async check(tables: Tables, checks: readonly Check[]): Promise<readonly CheckResult[]> {
    const changed = [...this.#cdm].filter(([name]) => tables[name] !== this.#current[name]);
    this.#round += 1;
    const [folder, scratch] = [`source-${this.#round}`, `scratch-${this.#round}`].map((name) =>
      join(this.#root, name),
    ) as [string, string];
    await mkdir(folder);
    await mkdir(scratch);
    const cdm = new Map(changed);
    if (cdm.size > 0) {
      await writeTables(folder, cdm, tables);
      const files = findTables(await listOmopFolder(folder), cdm);
      const fresh = await loadTables(this.#db, files, { cdm, folder, scratch });
      const kept = [...this.#loaded.tables].filter(([name]) => !cdm.has(name));
      this.#loaded = { ...this.#loaded, tables: new Map([...kept, ...fresh.tables]) };
    }
    this.#current = tables;
    return runChecks(this.#db, this.#loaded, checks, { today: '2026-03-31' });
  }
}
