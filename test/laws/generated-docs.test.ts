import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { generatedParts, withGeneratedParts } from '../support/generated-docs.js';

const pages = ['README.md', 'docs/governance.md', 'docs/lint.md', 'docs/evidence.md'];

it.each(pages)('%s says what the program does (UPDATE_DOCS=1 rewrites it)', async (path) => {
  const page = readFileSync(path, 'utf8');
  const options = { ...(await resolveConfig(path)), filepath: path };
  const current = await format(withGeneratedParts(page), options);
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path, current);
  expect(readFileSync(path, 'utf8')).toBe(current);
});

it('leaves no generated part out of the pages', () => {
  const all = pages.map((path) => readFileSync(path, 'utf8')).join('');
  const missing = Object.keys(generatedParts).filter((name) => !all.includes(`<!-- generated: ${name} -->`));
  expect(missing).toEqual([]);
});
