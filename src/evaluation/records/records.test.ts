import { aRecord } from '../../core/events/testing/a-record.js';
import type { PatientRecord } from '../../core/events/patient-record.js';
import { runChecks } from '../evaluate.js';
import type { FormatFindings, FormatReaders } from './format-findings.js';
import { recordMeasures } from './measures.js';
import type { RecordContext } from './record-context.js';

const sentence = 'These data are artificially generated, any resemblance to real patients is coincidental.';
const thresholds = Object.fromEntries(
  recordMeasures.map(({ name, direction }) => {
    const limit = direction === 'higher' ? 1 : 0;
    return [name, { pass: limit, fail: limit }];
  }),
);

function contextOf(
  records: readonly PatientRecord[],
  personsRequested = records.length,
  formats: FormatReaders = {},
): RecordContext {
  const name = 'lives-synthetic.ndjson';
  return {
    personsRequested,
    // eslint-disable-next-line @typescript-eslint/require-await -- a stream of what is there
    records: async function* () {
      yield* records;
    },
    formats,
    package: {
      manifest: {
        synthetic: true,
        label: 'SYNTHETIC',
        disclaimer: sentence,
        files: [{ name, role: 'data' }],
      },
      files: [{ name }],
      readmeText: sentence,
    },
  };
}

async function failed(
  records: readonly PatientRecord[],
  personsRequested?: number,
  formats?: FormatReaders,
): Promise<string[]> {
  const checks = await runChecks(contextOf(records, personsRequested, formats), thresholds, recordMeasures);
  expect(checks).toHaveLength(recordMeasures.length);
  return checks.filter(({ status }) => status === 'fail').map(({ name }) => name);
}

type Edit = (text: string) => string;
const edited = (edit: Edit): PatientRecord => JSON.parse(edit(JSON.stringify(aRecord(2)))) as PatientRecord;

describe('the checks of simulated records', () => {
  it('pass for records that are as they should be', async () => {
    expect(await failed([aRecord(1), aRecord(2)])).toEqual([]);
  });

  it.each([
    ['one too few', 3],
    ['one too many', 1],
  ])('fail for %s', async (_, asked) => {
    expect(await failed([aRecord(1), aRecord(2)], asked)).toEqual(['persons-complete']);
  });

  it('fail for the same person twice', async () => {
    expect(await failed([aRecord(1), aRecord(1)])).toEqual(['repeated-keys']);
  });

  it.each<[string, string, Edit]>([
    ['a key of somebody else', 'repeated-keys', (text) => text.replace('"key":"p2/a0"', '"key":"p1/a0"')],
    ['a key twice', 'repeated-keys', (text) => text.replace('"key":"p2/a0"', '"key":"p2/c0"')],
    [
      'an encounter that is not there',
      'dangling-references',
      (text) => text.replace('"encounter":"p2/e0"', '"encounter":"p2/e9"'),
    ],
    [
      'a result that is not there',
      'dangling-references',
      (text) => text.replace('"results":["p2/o1"]', '"results":["p2/o9"]'),
    ],
    [
      'an examination that is not there',
      'dangling-references',
      (text) => text.replace('"procedure":"p2/q0"', '"procedure":"p2/q9"'),
    ],
    [
      'a death before what happened',
      'events-outside-life',
      (text) => text.replace(/("death":\{"at":\{"ms":)\d+/, '$11'),
    ],
    [
      'a birth after what happened',
      'events-outside-life',
      (text) => text.replace(/("birth":\{"ms":)-?\d+/, '$11735689600000'),
    ],
    ['a number of a patient', 'unreserved-numbers', (text) => text.replace('9990000018', '9434765919')],
    [
      'a number with a wrong check digit',
      'unreserved-numbers',
      (text) => text.replace('9990000018', '9990000019'),
    ],
  ])('fail for %s', async (_, name, edit) => {
    expect(await failed([aRecord(1), edited(edit)])).toEqual([name]);
  });

  const sound: FormatFindings = { persons: 1, checked: 9, failures: 0, doubts: 0, examples: [] };
  const found = (change: Partial<FormatFindings>) => () => Promise.resolve({ ...sound, ...change });

  it.each<[string, FormatReaders, string[]]>([
    ['sound formats', { fhir: found({}), omop: found({}) }, []],
    ['an invalid resource', { fhir: found({ failures: 1 }) }, ['fhir-validity']],
    ['a broken key', { omop: found({ failures: 1 }) }, ['omop-conformance']],
    ['a convention that is not kept', { omop: found({ doubts: 1 }) }, ['omop-conventions']],
    ['somebody whom one format lacks', { fhir: found({ persons: 0 }), omop: found({}) }, ['formats-agree']],
    [
      'a format that cannot be read',
      { fhir: () => Promise.reject(new Error('gone')) },
      ['fhir-validity', 'formats-agree'],
    ],
  ])('judge %s', async (_, formats, names) => {
    expect(await failed([aRecord(1)], 1, formats)).toEqual(names);
  });
});
