import { availableParallelism, cpus, loadavg } from 'node:os';
import { readDefinitions } from '../src/exporters/fhir-validation/definitions/read-definitions.js';
import { FhirValidator } from '../src/exporters/fhir-validation/fhir-validator.js';
import { knownSystems } from '../src/exporters/fhir-validation/release/known-systems.js';
import { ReleaseChecker } from '../src/exporters/fhir-validation/release/release-checker.js';

// node dist/bench/fhir-validation.js [resources]: laboratory observations of one patient, on one core. Processor time tells more than
// the clock where others use the machine.

const count = Number(process.argv[2] ?? '100000');
const rounds = 3;
const hl7 = 'http://terminology.hl7.org/CodeSystem';
const htest = { system: `${hl7}/v3-ActReason`, code: 'HTEST', display: 'test health data' };
const uuid = (kind: number, n: number): string =>
  `0b1f0a52-3c7e-5f0a-9c5${kind}-${String(n).padStart(12, '0')}`;
const meta = { security: [htest], tag: [htest] };
const patient = { resourceType: 'Patient', id: uuid(1, 0), meta, birthDate: '1950-01-01' };

function observation(n: number): object {
  return {
    ...{ resourceType: 'Observation', id: uuid(0, n), meta, status: 'final' },
    category: [
      { coding: [{ system: `${hl7}/observation-category`, code: 'laboratory', display: 'Laboratory' }] },
    ],
    code: {
      coding: [{ system: 'http://loinc.org', code: '718-7', display: 'Hemoglobin [Mass/volume] in Blood' }],
    },
    subject: { reference: `Patient/${patient.id}` },
    effectiveDateTime: '2020-03-04T10:11:12+00:00',
    issued: '2020-03-04T10:11:12.000+00:00',
    valueQuantity: { value: 13 + (n % 7), unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' },
  };
}

const lines = Array.from({ length: count }, (_, n) => JSON.stringify(observation(n)));
const bytes = lines.reduce((sum, line) => sum + line.length, 0);
const objects = lines.map((line) => JSON.parse(line) as unknown);

const begun = process.cpuUsage();
const definitions = await readDefinitions('content/fhir');
const base = new FhirValidator(definitions);
const ukCore = new FhirValidator(definitions, { profiles: 'uk-core' });
base.validate(objects[0]);
ukCore.validate(objects[0]);
const ready = cpuSeconds(begun);

function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

function measure(name: string, work: () => number): void {
  let best = Infinity;
  let findings = 0;
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage();
    findings = work();
    best = Math.min(best, cpuSeconds(before));
  }
  const rate = `${(count / best / 1000).toFixed(0).padStart(6)} k resources/s ${(bytes / 1e6 / best).toFixed(0).padStart(5)} MB/s`;
  console.log(`${name.padEnd(34)}${rate}   ${findings} findings`);
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

const load = loadavg()[0]?.toFixed(1) ?? '?';
console.log(
  `${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, load ${load}, Node ${process.version}`,
);
console.log(
  `${count} resources of ${(bytes / count).toFixed(0)} bytes; both validators ready in ${ready.toFixed(2)} s`,
);
measure('JSON.parse alone', () => sum(lines, (line) => (JSON.parse(line) === null ? 1 : 0)));
measure('parsed objects, R4', () => sum(objects, (one) => base.validate(one).length));
measure('parsed objects, R4 and UK Core', () => sum(objects, (one) => ukCore.validate(one).length));
measure('lines of NDJSON, R4', () => sum(lines, (line) => base.validateLine(line).length));
measure('parsed objects, as a release', () => {
  const checker = new ReleaseChecker(base, knownSystems(definitions, []));
  const file = 'Observation.ndjson';
  const early = sum([patient, ...objects], (one) => checker.add(one, { file, line: 1 }).length);
  return early + checker.finish().length;
});
console.log(`peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
