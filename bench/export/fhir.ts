import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { aDirectory, aRecord } from '../../src/core/events/testing/a-record.js';
import type { PatientRecord } from '../../src/core/events/patient-record.js';
import { fhirDefaults, type FhirShape } from '../../src/exporters/fhir/fhir-options.js';
import { FhirWriter } from '../../src/exporters/fhir/fhir-writer.js';

// node dist/bench/export/fhir.js [patients ...]: FHIR of made-up lives of 600 events (most of them measurements), each size in a
// process of its own. Records are prepared before and renamed while they are written; nothing is validated.

const days = 86_400_000;

/** The example with a long life: its observations again and again, with other values and times. */
function aLongLife(events: number): PatientRecord {
  const base = aRecord(1);
  const observations = base.events.filter(({ kind }) => kind === 'observation');
  const more = Array.from({ length: events - base.events.length }, (_, place) => {
    const like = observations[place % observations.length];
    if (like?.kind !== 'observation') throw new Error('The example has no observation.');
    const start = { ms: like.start.ms + place * days, precision: 'second' as const };
    const value =
      like.value?.kind === 'quantity'
        ? { ...like.value, quantity: { ...like.value.quantity, value: 80 + (place % 97) / 4 } }
        : like.value;
    return { ...like, key: `p1/x${place}`, start, ...(value === undefined ? {} : { value }) };
  });
  return { ...base, events: [...base.events, ...more] };
}

interface Run {
  readonly shape: FhirShape;
  readonly patients: number;
}

async function run({ shape, patients }: Run): Promise<void> {
  const life = aLongLife(600);
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-fhir-'));
  const facts = {
    ...({
      releaseId: 'bench',
      title: 'Benchmark',
      tier: 'STRUCTURAL',
      salt: 'bench',
      country: 'GB',
    } as const),
    ...{ generator: { name: 'bench', version: '1' }, madeOn: Date.UTC(2030, 0, 1) },
  };
  const writer = new FhirWriter(folder, facts, { ...fhirDefaults, shapes: [shape] });
  let heapMax = 0;
  const begun = performance.now();
  const cpu = process.cpuUsage();
  for (let patient = 0; patient < patients; patient += 1) {
    await writer.write({ ...life, person: { ...life.person, key: `p${patient}` } });
    if (patient % 50 === 0) heapMax = Math.max(heapMax, process.memoryUsage().heapUsed);
  }
  const { files } = await writer.finish(aDirectory);
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const resources = files
    .filter(({ name }) => !name.includes('manifest'))
    .reduce((sum, { count }) => sum + count, 0);
  const megabytes = files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  rmSync(folder, { recursive: true });
  const cells = [
    shape.padEnd(8),
    String(patients).padStart(8),
    megabytes.toFixed(0).padStart(8),
    (megabytes / seconds).toFixed(0).padStart(7),
    (resources / seconds / 1000).toFixed(0).padStart(9),
    ((user + system) / 1e6 / seconds).toFixed(2).padStart(8),
    (heapMax / 1e6).toFixed(0).padStart(9),
    ((process.resourceUsage().maxRSS * 1024) / 1e6).toFixed(0).padStart(8),
  ];
  console.log(cells.join(' '));
}

const [first = '', ...others] = process.argv.slice(2);
if (first.startsWith('--run=')) {
  const [shape, patients] = first.slice('--run='.length).split(',');
  await run({ shape: shape as FhirShape, patients: Number(patients) });
} else {
  const sizes = first === '' ? [1000, 10_000] : [first, ...others].map(Number);
  const load = loadavg()[0]?.toFixed(1) ?? '?';
  console.log(
    `${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, load ${load}, Node ${process.version}`,
  );
  console.log('shape    patients       MB    MB/s  1000 r/s CPUs used heap MB   RSS MB');
  for (const shape of ['ndjson', 'bundles'])
    for (const size of sizes)
      spawnSync(process.execPath, [process.argv[1] ?? '', `--run=${shape},${size}`], { stdio: 'inherit' });
}
