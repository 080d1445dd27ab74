import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { lintFiles } from '../../src/evaluation/lint/lint.js';
import { readLintDirectory } from '../../src/evaluation/lint/read-directory.js';
import { lintControl } from './lint-of.js';

/** Folders of a hospital's own, such as `resources/configuration-files` of SAFEHR-data/uclh-synthetic-data. */
const corpus = process.env['PICKETFENCE_LINT_CORPUS'];

if (corpus === undefined) {
  console.warn(
    'SKIPPED "folders from elsewhere": set PICKETFENCE_LINT_CORPUS to a folder of datafaker folders.',
  );
}

describe('folders from elsewhere', () => {
  const run = corpus === undefined ? it.skip : it;
  run('can all be read, and nothing in them is passed over in silence', async () => {
    const folders = readdirSync(corpus ?? '', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (const { name } of folders) {
      const { folder, findings } = lintFiles(await readLintDirectory(join(corpus ?? '', name)), lintControl);
      const rules = new Set(findings.map(({ rule }) => rule));
      expect(rules).not.toContain('unreadable-file');
      expect(rules).not.toContain('query-not-understood');
      // Whatever has values has been looked at: each statistic without counts is named.
      for (const { rows, columns } of folder.statistics) {
        if (rows.length > 0 && !columns.some(({ meaning }) => meaning === 'count'))
          expect(rules).toContain('count-unknown');
      }
    }
    expect(folders.length).toBeGreaterThan(0);
  });
});
