import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { validateFhirCommand } from '../../src/commands/validate-fhir/validate-fhir-command.js';
import { aDirectory, aRecord } from '../../src/core/events/testing/a-record.js';
import { fhirDefaults } from '../../src/exporters/fhir/fhir-options.js';
import { FhirWriter } from '../../src/exporters/fhir/fhir-writer.js';
import { someFacts } from '../../src/exporters/fhir/testing/some-facts.js';
import type { Config } from '../../src/modules/platform/config/config.js';

const folders: string[] = [];

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'picketfence-validate-'));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

async function validate(
  paths: readonly string[],
  values: Record<string, unknown> = {},
): Promise<{ code: number; out: string; complaints: string }> {
  const out: string[] = [];
  const complaints: string[] = [];
  const code = await validateFhirCommand.run(
    {
      loadConfig: () => ({}) as Config,
      print: (line) => void out.push(line),
      complain: (line) => void complaints.push(line),
      environment: {},
    },
    { paths, ...values },
  );
  return { code, out: out.join('\n'), complaints: complaints.join('\n') };
}

/** A release of `count` persons as the product writes it. */
async function aRelease(count: number, profiles: 'uk-core' | 'base' = 'uk-core'): Promise<string> {
  const folder = aFolder();
  const writer = new FhirWriter(folder, someFacts, {
    ...fhirDefaults,
    profiles,
    shapes: ['ndjson', 'bundles'],
  });
  for (let index = 1; index <= count; index += 1) await writer.write(aRecord(index));
  await writer.finish(aDirectory);
  return folder;
}

function changeLine(file: string, line: number, change: (text: string) => string): void {
  const lines = readFileSync(file, 'utf8').split('\n');
  const before = lines[line - 1]!;
  lines[line - 1] = change(before);
  expect(lines[line - 1]).not.toBe(before);
  writeFileSync(file, lines.join('\n'));
}

describe('picketfence validate-fhir', () => {
  it.each(['uk-core', 'base'] as const)('finds nothing in what the product writes (%s)', async (profiles) => {
    const folder = await aRelease(50, profiles);
    const { code, out } = await validate([folder], { 'uk-core': profiles === 'uk-core' });
    expect(out).toMatch(/\d{4} resources as a release: 0 errors, 0 warnings/);
    expect(code).toBe(0);
  });

  it('says file, line, path, rule and why, and counts what is wrong', async () => {
    const folder = await aRelease(3);
    changeLine(join(folder, 'Patient.ndjson'), 2, (text) => text.replace(/"gender":"\w+"/, '"gender":"F"'));
    changeLine(join(folder, 'Condition.ndjson'), 1, (text) =>
      text.replace(/Patient\/[\w-]+/, 'Patient/nobody'),
    );
    changeLine(join(folder, 'Observation.ndjson'), 1, (text) => text.slice(1));
    const { code, out } = await validate([folder]);
    expect(code).toBe(1);
    expect(out).toContain(
      `${join(folder, 'Patient.ndjson')}:2: error binding: Patient.gender is a code that is not in http://hl7.org/fhir/ValueSet/administrative-gender`,
    );
    expect(out).toContain(
      `${join(folder, 'Condition.ndjson')}:1: error unresolved-reference: Condition.subject refers to something that is not in the release`,
    );
    expect(out).toContain(`${join(folder, 'Observation.ndjson')}:1: error json:`);
    expect(out).toMatch(/ 1 {2}error binding at Patient\.gender/);
  });

  it('looks at files alone, gzipped ones too, where no folder is named', async () => {
    const folder = await aRelease(2);
    const file = join(folder, 'Condition.ndjson');
    writeFileSync(`${file}.gz`, gzipSync(readFileSync(file)));
    const { code, out } = await validate([`${file}.gz`, file]);
    expect(out).toMatch(/resources each alone: 0 errors/);
    expect(code).toBe(0);
  });

  it('answers JSON with a cap on findings of one kind, and counts them all', async () => {
    const folder = aFolder();
    const line = '{"resourceType":"Patient","gender":"F"}\n';
    writeFileSync(join(folder, 'x.ndjson'), line.repeat(7));
    const { code, out } = await validate([join(folder, 'x.ndjson')], { json: true, most: '2' });
    const answer = JSON.parse(out) as { counts: unknown; kinds: unknown; findings: unknown[] };
    expect(answer.counts).toMatchObject({ resources: 7, errors: 7, warnings: 0, isRelease: false });
    expect(answer.kinds).toEqual([{ kind: 'error binding at Patient.gender', count: 7 }]);
    expect(answer.findings).toHaveLength(2);
    expect(code).toBe(1);
  });

  it('passes over JSON that is no resource, and says so', async () => {
    const folder = aFolder();
    writeFileSync(join(folder, 'manifest.json'), '{"output":[]}');
    const { code, out } = await validate([folder]);
    expect(out).toContain('manifest.json: is no resource, passed over');
    expect(code).toBe(0);
  });

  it('complains when there is nothing to look at', async () => {
    const folder = aFolder();
    mkdirSync(join(folder, 'empty'));
    expect(await validate([])).toMatchObject({ code: 2 });
    expect(await validate([join(folder, 'empty')])).toMatchObject({ code: 2 });
    expect(await validate([join(folder, 'absent')])).toMatchObject({ code: 2 });
    expect(await validate([folder], { most: 'x' })).toMatchObject({ code: 2 });
  });
});
