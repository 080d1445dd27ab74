import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSimulation } from '../../src/commands/simulate/run-simulation.js';
import { parseSettings } from '../../src/commands/simulate/settings.js';
import { disagreements } from './formats-agree.js';

const folder = mkdtempSync(join(tmpdir(), 'picketfence-formats-'));
const release = join(folder, 'release');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The release with one file changed. */
function changed(name: string, change: (text: string) => string): string {
  const copy = mkdtempSync(join(folder, 'changed-'));
  cpSync(release, copy, { recursive: true });
  const text = readFileSync(join(copy, name), 'utf8');
  const different = change(text);
  expect(different).not.toBe(text);
  writeFileSync(join(copy, name), different);
  return copy;
}

const withoutLine = (text: string): string => text.replace(/\n[^\n]+\n?$/, '\n');

describe('the formats of one release', () => {
  beforeAll(async () => {
    const settings = parseSettings({
      ...{ population: '8', seed: 'formats', 'reference-date': '20260101', age: '75-95' },
      ...{ composition: 'mixed', 'years-of-history': '5' },
      ...{ modules: [join(import.meta.dirname, '../../content/modules')], format: 'csv,ndjson,fhir,omop' },
    });
    await runSimulation(settings, {
      ...{ out: release, workers: 1, signal: new AbortController().signal },
      onProgress: () => undefined,
    });
  }, 300_000);

  it('have the same persons, encounters, events and deaths, and refer to nothing that is not there', () => {
    expect(disagreements(release)).toEqual([]);
  });

  it('are found to differ when one of them loses or changes a single line', () => {
    const differ = (name: string, change: (text: string) => string): string[] =>
      disagreements(changed(name, change));
    expect(differ('fhir/Condition.ndjson', withoutLine)).toEqual([
      expect.stringMatching(/^fhir: .* of condition/),
    ]);
    expect(differ('omop/DEATH.csv', withoutLine)).toEqual(['omop: births or deaths differ']);
    expect(differ('omop/MEASUREMENT.csv', withoutLine)).toHaveLength(1);
    expect(differ('omop/VISIT_OCCURRENCE.csv', withoutLine).join()).toContain('no visit_occurrence_id');
    expect(differ('fhir/Encounter.ndjson', withoutLine).join()).toContain('fhir: there is no Encounter/');
    expect(differ('conditions-synthetic.csv', withoutLine)).toHaveLength(1);
    expect(differ('encounters-synthetic.csv', withoutLine).length).toBeGreaterThan(0);
  });
});
