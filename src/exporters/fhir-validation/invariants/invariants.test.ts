import { readFile } from 'node:fs/promises';
import { invariantCount } from './invariants.js';

it('are as many as the documentation says', async () => {
  expect(await readFile('docs/fhir-validation.md', 'utf8')).toContain(
    `| ${invariantCount} invariants as code:`,
  );
});
