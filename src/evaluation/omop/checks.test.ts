import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDb } from '../../core/files/duckdb.js';
import type { DuckDb } from '../../core/files/duckdb.js';
import type { Cdm } from '../../core/omop/cdm.js';
import type { Check } from './check.js';
import { vocabularyTables } from './read-checks.js';
import { buildReport } from './report.js';
import type { CheckResult } from './run-checks.js';
import { summariseReport } from './summary.js';
import {
  checkFolder,
  checksForTests,
  PlantedSource,
  modelForTests,
  withFolder,
  writeTables,
} from './testing/check-tables.js';
import { cleanTables } from './testing/clean-tables.js';
import { planted, withCells } from './testing/planted.js';
import type { Tables } from './testing/clean-tables.js';

function nameOf({ kind, table, field, row }: Check): string {
  const place = field === undefined ? table : `${table}.${field}`;
  return [kind.name, place, kind.level === 'CONCEPT' ? row['conceptId'] : ''].join(' ').trim();
}

describe('checks of OMOP tables', () => {
  let cdm: Cdm;
  let all: readonly Check[];
  let checks: readonly Check[];
  const run = (
    tables: Tables,
    some = checks,
    change?: (folder: string) => Promise<void>,
  ): Promise<readonly CheckResult[]> =>
    withFolder(async (folder, db, scratch) => {
      await writeTables(folder, cdm, tables);
      await change?.(folder);
      return checkFolder(folder, { db, scratch }, cdm, some);
    });
  const withNames = (...names: string[]): Check[] => checks.filter((check) => names.includes(nameOf(check)));
  const outcomes = (results: readonly CheckResult[]): Record<string, string> =>
    Object.fromEntries(results.map(({ check, verdict }) => [nameOf(check), verdict.status]));

  let root: string;
  let shared: DuckDb;
  let planting: PlantedSource;

  beforeAll(async () => {
    cdm = await modelForTests();
    root = await mkdtemp(join(tmpdir(), 'picketfence-omop-planted-'));
    shared = await openDuckDb({ allowedDirectories: [root], tempDirectory: join(root, 'spill') });
    planting = new PlantedSource(cdm, { db: shared, root });
    all = await checksForTests();
    checks = all.filter(({ table }) => !vocabularyTables.includes(table));
  });

  afterAll(async () => {
    shared.close();
    await rm(root, { recursive: true });
  });

  it('are those of the dashboard that are not deprecated', () => {
    expect(checks).toHaveLength(2002);
    expect(all).toHaveLength(2159);
    const counts: Record<string, number> = {};
    for (const { kind } of checks) counts[kind.name] = (counts[kind.name] ?? 0) + 1;
    expect(counts).toEqual({
      ...{
        cdmTable: 31,
        cdmField: 391,
        isRequired: 145,
        cdmDatatype: 197,
        isPrimaryKey: 23,
        isForeignKey: 163,
      },
      ...{
        measureObservationPeriodOverlap: 1,
        measurePersonCompleteness: 16,
        measureConditionEraCompleteness: 1,
      },
      ...{ fkDomain: 43, fkClass: 3, isStandardValidConcept: 64, standardConceptRecordCompleteness: 48 },
      ...{ sourceConceptRecordCompleteness: 13, sourceValueCompleteness: 32, measureValueCompleteness: 391 },
      ...{
        plausibleValueLow: 68,
        plausibleValueHigh: 60,
        plausibleStartBeforeEnd: 22,
        plausibleAfterBirth: 49,
      },
      ...{ plausibleBeforeDeath: 47, withinVisitDates: 9, plausibleUnitConceptIds: 181 },
      plausibleGenderUseDescendants: 4,
    });
  });

  it('find no fault with clean tables, and every kind of them has something to judge there', async () => {
    const empty = Object.fromEntries([...cdm.keys()].map((table) => [table, []]));
    const results = await run({ ...empty, ...cleanTables });
    expect(results.filter(({ verdict }) => ['failed', 'error'].includes(verdict.status))).toEqual([]);
    const passed = new Set(
      results.filter(({ verdict }) => verdict.status === 'passed').map(({ check }) => check.kind.name),
    );
    const kinds = new Set(checks.map(({ kind }) => kind.name));
    // No clean record is about what only one sex has; the planted ones are.
    kinds.delete('plausibleGenderUseDescendants');
    expect(passed).toEqual(kinds);
  });

  it.each(planted)('fails where something is planted: %s', async (name, tables, [violated, denominator]) => {
    const [result] = await planting.check(tables, withNames(name));
    expect(result?.counts).toEqual({ violated, denominator });
    expect(result?.verdict).toEqual({ status: 'failed' });
  });

  it('have a planted violation for every kind', () => {
    const kinds = new Set(planted.map(([name]) => name.split(' ')[0]));
    const presence = ['cdmTable', 'cdmField'];
    expect(new Set([...kinds, ...presence])).toEqual(new Set(checks.map(({ kind }) => kind.name)));
  });

  it('let a share below the threshold pass, and none where it is 0', async () => {
    const many = Array.from({ length: 200 }, (_, row) => ({
      ...cleanTables['measurement']?.[0],
      measurement_id: row + 10,
    }));
    const name = 'plausibleValueLow measurement.measurement_date';
    const early = (rows: number): Tables => ({
      ...cleanTables,
      measurement: many.map((row, index) =>
        index < rows ? { ...row, measurement_date: '1940-01-01' } : row,
      ),
    });
    expect(outcomes(await planting.check(early(2), withNames(name)))).toEqual({ [name]: 'passed' });
    expect(outcomes(await planting.check(early(3), withNames(name)))).toEqual({ [name]: 'failed' });
  });

  it('fail for a table or a field that is not there, and say nothing more about it', async () => {
    const names = [
      'cdmTable person',
      'cdmField person.gender_concept_id',
      'isRequired person.gender_concept_id',
    ];
    const fieldGone = await run({ ...cleanTables }, withNames(...names), (folder) =>
      writeFile(join(folder, 'PERSON.csv'), 'person_id,year_of_birth\n1,1960\n2,1960\n'),
    );
    expect(outcomes(fieldGone)).toEqual({
      'cdmTable person': 'passed',
      'cdmField person.gender_concept_id': 'failed',
      'isRequired person.gender_concept_id': 'not-applicable',
    });
    const tableGone = await run({ ...cleanTables }, withNames(...names), (folder) =>
      rm(join(folder, 'PERSON.csv')),
    );
    expect(outcomes(tableGone)).toEqual({
      'cdmTable person': 'failed',
      'cdmField person.gender_concept_id': 'not-applicable',
      'isRequired person.gender_concept_id': 'not-applicable',
    });
  });

  it('do not apply to empty tables, empty fields and concepts that nobody has', async () => {
    const names = [
      'isRequired death.death_date',
      'plausibleValueLow drug_exposure.refills',
      'measureValueCompleteness drug_exposure.refills',
      'plausibleUnitConceptIds measurement.measurement_concept_id 3006315',
    ];
    const results = await run({ ...cleanTables, death: [] }, withNames(...names));
    expect(results.map(({ verdict }) => verdict.status)).toEqual(
      expect.arrayContaining(['not-applicable', 'not-applicable', 'not-applicable', 'passed']),
    );
    expect(outcomes(results)['measureValueCompleteness drug_exposure.refills']).toBe('passed');
  });

  it('cannot be made on dates that are none, and the cell is not taken for an empty one', async () => {
    const name = 'measurement.measurement_date';
    const tables = withCells('measurement', { measurement_date: '31.12.2020' });
    const results = await run(tables, withNames(`plausibleValueLow ${name}`, `isRequired ${name}`));
    expect(outcomes(results)).toEqual({
      [`isRequired ${name}`]: 'passed',
      [`plausibleValueLow ${name}`]: 'error',
    });
    expect(JSON.stringify(results)).toContain(
      '1 cells of measurement_date are not of its type, the first in row 1.',
    );
    expect(JSON.stringify(results.map(({ verdict }) => verdict))).not.toContain('31.12');
  });

  it('are reported under the names of the dashboard and in a few lines', async () => {
    const tables = withCells('measurement', { unit_concept_id: 8840 });
    await withFolder(async (folder, db, scratch) => {
      await writeTables(folder, cdm, tables);
      const names = [
        'plausibleUnitConceptIds measurement.measurement_concept_id 3004410',
        'isPrimaryKey measurement.measurement_id',
        'isRequired note.note_id',
      ];
      const results = await checkFolder(folder, { db, scratch }, cdm, withNames(...names));
      const times = { started: new Date(0), ended: new Date(1500), today: '2026-03-31' };
      const report = await buildReport(db, results, times);
      expect(report.executionTimeSeconds).toBe(1.5);
      expect(report.Metadata[0]).toMatchObject({ cdmSourceName: 'made up', dqdVersion: '2.8.4' });
      expect(report.Overview).toMatchObject({ countTotal: 3, countOverallFailed: 1, countNotApplicable: 1 });
      expect(report.CheckResults.find(({ failed }) => failed === 1)).toMatchObject({
        checkId: 'concept_plausibleunitconceptids_measurement_measurement_concept_id_3004410',
        ...{ cdmTableName: 'MEASUREMENT', cdmFieldName: 'MEASUREMENT_CONCEPT_ID', conceptId: '3004410' },
        ...{ numViolatedRows: 1, numDenominatorRows: 2, pctViolatedRows: 0.5, thresholdValue: 5, passed: 0 },
        ...{ category: 'Plausibility', severity: 'characterization', context: 'Verification' },
      });
      const lines = summariseReport(report);
      expect(lines[0]).toBe('3 checks: 1 passed, 1 failed, 0 could not be made, 1 not applicable.');
      expect(lines.at(-1)).toBe(
        'failed (characterization)  plausibleUnitConceptIds measurement.measurement_concept_id (3004410): 1 of 2, 5 % allowed',
      );
    });
  });
});
