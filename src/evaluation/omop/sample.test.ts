import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describeWithShared } from '../../../test/support/shared-data.js';
import { vocabularyTables } from './read-checks.js';
import {
  checkFolder,
  checksForTests,
  modelForTests,
  withFolder,
  writeTables,
} from './testing/check-tables.js';

describeWithShared('the checks of the public sample Synthea27Nj', 'omop/sample', (path) => {
  it('fail where those of the dashboard fail', async () => {
    const cdm = await modelForTests();
    const checks = (await checksForTests()).filter(({ table }) => !vocabularyTables.includes(table));
    await withFolder(async (folder, db, scratch) => {
      const names = await readdir(path);
      for (const name of names) await copyFile(join(path, name), join(folder, name));
      const given = new Set(names.map((name) => name.replace('.csv.gz', '').toLowerCase()));
      const empty = [...cdm.keys()].filter((table) => !given.has(table)).map((table) => [table, []] as const);
      await writeTables(folder, cdm, Object.fromEntries(empty));
      const results = await checkFolder(folder, { db, scratch }, cdm, checks);
      const failed: Record<string, number> = {};
      for (const { check, verdict } of results)
        if (verdict.status === 'failed') failed[check.kind.name] = (failed[check.kind.name] ?? 0) + 1;
      expect(failed).toEqual({
        isForeignKey: 35,
        standardConceptRecordCompleteness: 7,
        plausibleValueLow: 2,
        plausibleValueHigh: 1,
        // The sample here is without its table of drug eras.
        measurePersonCompleteness: 1,
      });
      expect(results.filter(({ verdict }) => verdict.status === 'error')).toEqual([]);
    });
  });
});
