import { join } from 'node:path';
import type { PatientRecord } from '../../src/core/events/patient-record.js';
import type { CompiledModules } from '../../src/generators/trajectories/compile/compiled-modules.js';
import { DirectoryBuilder } from '../../src/generators/trajectories/events/directory-builder.js';
import { SimulatedRecords } from '../../src/generators/trajectories/events/simulated-records.js';
import { CsvLines } from '../../src/generators/trajectories/output/csv-lines.js';
import type { CsvTable } from '../../src/generators/trajectories/output/csv-tables.js';
import { Utilisations } from '../../src/generators/trajectories/output/organisations.js';
import { writePatient } from '../../src/generators/trajectories/output/write-patient.js';
import { describeWithShared } from '../support/shared-data.js';
import { compileFolder, end, populationOf } from './a-simulation.js';
import { brokenLaws, countsByKind, missingInDirectory } from './laws-of-records.js';

const kindsOfTables = {
  encounters: ['encounter'],
  conditions: ['condition'],
  allergies: ['allergy'],
  medications: ['medication-order', 'medication-administration'],
  procedures: ['procedure'],
  observations: ['observation'],
  immunizations: ['immunisation'],
  careplans: ['care-plan'],
  devices: ['device'],
  supplies: ['supply'],
} as const satisfies Partial<Record<CsvTable, readonly string[]>>;

interface Made {
  readonly records: readonly PatientRecord[];
  readonly texts: ReadonlyMap<CsvTable, string>;
  readonly directory: ReturnType<SimulatedRecords['directory']>;
}

/** The same lives as records and in the CSV layout. */
function make(
  compiled: CompiledModules,
  yearsOfHistory: number,
  { from, to }: { from: number; to: number },
): Made {
  const span = { yearsOfHistory, end };
  const made = new SimulatedRecords({ compiled, span, country: 'GB' });
  const [lines, used, records] = [new CsvLines(), new Utilisations(), [] as PatientRecord[]];
  const population = populationOf(compiled, { age: { low: 40, high: 95 } });
  for (let place = from; place < to; place += 1)
    for (const patient of population.livesOf(place)) {
      writePatient(patient, { lines, used, span, country: 'GB' });
      records.push(made.recordOf(patient));
    }
  return { records, texts: lines.texts(), directory: made.directory() };
}

function countsOfTexts(texts: Made['texts']): Record<string, number> {
  return Object.fromEntries(
    Object.keys(kindsOfTables).map((table) => [
      table,
      (texts.get(table as CsvTable) ?? '').split('\n').length - 1,
    ]),
  );
}

function countsOfRecords(records: readonly PatientRecord[]): Record<string, number> {
  const counts = countsByKind(records);
  return Object.fromEntries(
    Object.entries(kindsOfTables).map(([table, kinds]) => [
      table,
      (kinds as readonly string[]).reduce((sum, kind) => sum + (counts[kind] ?? 0), 0),
    ]),
  );
}

const places = 8;
const modules = join(import.meta.dirname, '../../content/modules');

describe('records of lives of our own modules', () => {
  let compiled: CompiledModules;
  let recent: Made;
  let whole: Made;

  beforeAll(async () => {
    compiled = await compileFolder(modules);
    recent = make(compiled, 10, { from: 0, to: 30 });
    whole = make(compiled, 0, { from: 0, to: places });
  }, 300_000);

  it('keep every law', () => {
    for (const { records } of [recent, whole])
      expect(records.flatMap((record) => brokenLaws(record))).toEqual([]);
    expect(recent.records.some(({ person }) => person.death?.cause !== undefined)).toBe(true);
  });

  it('have as much of each kind as the CSV layout of the same lives', () => {
    for (const { records, texts } of [recent, whole]) {
      const counts = countsOfTexts(texts);
      expect(countsOfRecords(records)).toEqual(counts);
      expect(counts['observations']).toBeGreaterThan(1000);
    }
  });

  it('refer to nothing that the directory lacks, and the directory is the same in parts', () => {
    for (const { records, directory } of [recent, whole])
      expect(records.flatMap((record) => missingInDirectory(record, directory))).toEqual([]);
    const parts = new DirectoryBuilder('GB');
    for (const [from, to] of [
      [5, places],
      [0, 5],
    ] as const)
      parts.add(make(compiled, 0, { from, to }).directory);
    expect(parts.directory()).toEqual(whole.directory);
  });

  it('give a person the same record in any population', () => {
    const alone = make(compiled, 0, { from: 3, to: 4 });
    expect(alone.records).toEqual(whole.records.slice(3, 4));
  });

  it('put intensive care and the ward after it into one admission', () => {
    const admissions = recent.records.flatMap(({ encounters }) =>
      encounters.filter((encounter) => encounter.class === 'inpatient'),
    );
    expect(admissions.length).toBeGreaterThan(5);
    const places = admissions.map(({ stays }) => stays.map(({ kind }) => kind).join());
    expect(places).toContain('ward');
    expect(places).toContain('intensive-care,ward');
    expect(admissions.some(({ dischargedTo }) => dischargedTo?.code === '19')).toBe(true);
  });

  it('have numbers and telephones that nobody has', () => {
    const numbers = whole.records.flatMap(({ person }) => person.identifiers.map(({ value }) => value));
    expect(new Set(numbers).size).toBe(whole.records.length);
    for (const number of numbers) expect(number).toMatch(/^999\d{7}$/);
    for (const { person } of whole.records) {
      expect(person.telephone).toMatch(/^01632 960\d{3}$/);
      expect(person.ethnicity?.code).toMatch(/^[A-S]$/);
    }
  });
});

describeWithShared('records of lives of the stock modules', 'synthea-modules/modules', (folder) => {
  it('keep every law and have as much of each kind as the CSV layout', async () => {
    const { records, texts, directory } = make(await compileFolder(folder), 10, { from: 0, to: places });
    expect(records.flatMap((record) => brokenLaws(record))).toEqual([]);
    expect(records.flatMap((record) => missingInDirectory(record, directory))).toEqual([]);
    expect(countsOfRecords(records)).toEqual(countsOfTexts(texts));
  }, 300_000);
});
