import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObservationEvent } from '../src/core/events/patient-event.js';
import type { PatientRecord } from '../src/core/events/patient-record.js';
import { readCdm } from '../src/core/omop/cdm.js';
import { msPerDay } from '../src/core/time/units.js';
import type { ReleaseFacts } from '../src/exporters/clinical-writer.js';
import { openVocabulary } from '../src/exporters/omop/vocabulary/open-vocabulary.js';
import { openOmopWriter } from '../src/exporters/omop/writer/omop-writer.js';

// node dist/bench/export.js [persons]: patient records of 1,000 laboratory values in 100 visits each, written in each format.
// Processor time tells more than the clock where others use the machine.

const persons = Number(process.argv[2] ?? '1000');
const valuesEach = 1000;
const facts: ReleaseFacts = {
  ...{ releaseId: 'bench', title: 'Bench', tier: 'STRUCTURAL', salt: 'bench', country: 'GB' },
  ...{ generator: { name: 'bench', version: '1' }, madeOn: Date.UTC(2026, 0, 1) },
};
const tests = [
  ...[['2339-0', 'mg/dL'] as const, ['6299-2', 'mg/dL'] as const, ['38483-4', 'mg/dL'] as const],
  ...[['2947-0', 'mmol/L'] as const, ['6298-4', 'mmol/L'] as const, ['29463-7', 'kg'] as const],
];

function recordOf(n: number): PatientRecord {
  const birth = Date.UTC(1940 + (n % 70), n % 12, 1 + (n % 28));
  const visits = Array.from({ length: valuesEach / 10 }, (_, visit) =>
    Date.UTC(2010, 0, 1 + visit * 50, n % 24, visit % 60),
  );
  return {
    person: {
      key: `b${n}`,
      sex: n % 2 === 0 ? 'female' : 'male',
      birth: { ms: birth, precision: 'day' },
      identifiers: [],
    },
    encounters: visits.map((ms, visit) => ({
      ...{
        key: `b${n}/e${visit}`,
        class: 'outpatient',
        start: { ms, precision: 'second' },
        codes: [],
        stays: [],
      },
    })),
    events: visits.flatMap((ms, visit) =>
      Array.from({ length: 10 }, (_, value) => valueOf(n, visit, value, ms)),
    ),
  };
}

function valueOf(n: number, visit: number, value: number, ms: number): ObservationEvent {
  const [code, unit] = tests[(visit + value) % tests.length] ?? ['2339-0', 'mg/dL'];
  return {
    ...{ kind: 'observation', key: `b${n}/${visit}/${value}`, encounter: `b${n}/e${visit}`, components: [] },
    ...{ start: { ms, precision: 'second' }, category: 'laboratory' },
    codes: [{ system: 'http://loinc.org', code }],
    value: {
      kind: 'quantity',
      quantity: { value: Math.round(ms / msPerDay + value * 7) / 10, unit, isUcum: true },
    },
  };
}

/** Made before the clock starts, and written again and again: a writer forgets a person when it is done with them. */
const records = Array.from({ length: 20 }, (_, n) => recordOf(n));

interface Run {
  readonly format: string;
  readonly rows: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Of the heap, looked at after every 50 persons. */
  readonly heapMax: number;
}

async function omop(parquet: boolean, count: number): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-omop-'));
  const text = (level: string): Promise<string> =>
    readFile(`content/omop/cdm/OMOP_CDMv5.4_${level}_Level.csv`, 'utf8');
  const cdm = readCdm({ tables: await text('Table'), fields: await text('Field') });
  const shippedFolder = join(process.cwd(), 'content/omop/vocabulary');
  const vocabulary = await openVocabulary({ cdm, shippedFolder, workFolder: tmpdir() });
  try {
    const writer = await openOmopWriter({ cdm, vocabulary, facts, folder, parquet });
    const [before, begun] = [process.cpuUsage(), performance.now()];
    let heapMax = 0;
    for (let n = 0; n < count; n += 1) {
      await writer.write(records[n % records.length] ?? recordOf(n));
      if (n % 50 === 0) heapMax = Math.max(heapMax, process.memoryUsage().heapUsed);
    }
    const { files } = await writer.finish({ organisations: [], locations: [], practitioners: [] });
    const name = parquet ? 'parquet/measurement.parquet' : 'MEASUREMENT.csv';
    const written = files.find((file) => file.name === name);
    return {
      ...{
        format: parquet ? 'OMOP CSV + Parquet' : 'OMOP CSV',
        rows: written?.count ?? 0,
        bytes: written?.bytes ?? 0,
      },
      seconds: (performance.now() - begun) / 1000,
      cpuSeconds: secondsOf(process.cpuUsage(before)),
      heapMax,
    };
  } finally {
    vocabulary.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function secondsOf({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6;
}

const load = loadavg()[0]?.toFixed(1) ?? '?';
console.log(
  `${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, load ${load}, Node ${process.version}`,
);
console.log(`${persons} persons of ${valuesEach} values`);
console.log(
  'format               measurement rows      MB   rows/s (clock)   rows/s (processor)   heap MB   peak MB',
);
await omop(false, Math.ceil(persons / 10));
for (const run of [await omop(false, persons), await omop(true, persons)]) {
  const { format, rows, bytes, seconds, cpuSeconds, heapMax } = run;
  const peak = (process.resourceUsage().maxRSS * 1024) / 1e6;
  const cells = [
    ...[format.padEnd(20), String(rows).padStart(17), (bytes / 1e6).toFixed(1).padStart(7)],
    ...[(rows / seconds).toFixed(0).padStart(16), (rows / cpuSeconds).toFixed(0).padStart(20)],
    ...[(heapMax / 1e6).toFixed(0).padStart(9), peak.toFixed(0).padStart(9)],
  ];
  console.log(cells.join(' '));
}
