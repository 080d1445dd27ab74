import { createReadStream } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { convertCsvToParquet } from '../src/core/files/csv-to-parquet.js';
import { CsvValidator } from '../src/core/files/csv-validator.js';
import type { CsvSummary } from '../src/core/files/csv-validator.js';
import { openDuckDb } from '../src/core/files/duckdb.js';
import { inspectColumns } from '../src/core/files/inspect-columns.js';
import { canonicalJson } from '../src/core/hashing/canonical-json.js';
import { sha256Hex } from '../src/core/hashing/sha256-hex.js';
import { buildProfile } from '../src/core/profile/build-profile.js';
import type { DisclosureControl } from '../src/core/profile/profile.js';
import { Random } from '../src/core/random/random.js';

const megabyte = 1_000_000;
const header = 'record_id,patient_nbr,sex,age,height_cm,creatinine,admitted,seen_at,diagnosis,smoker,note\n';
const diagnoses = ['I50.9', 'J18.9', 'E11.9', 'N17.9', 'A41.9', 'K35.8', 'V45', '250.83'];

/** One row of mixed columns: keys, codes, whole and broken numbers, dates, missing cells, quotes and line breaks. */
function rowOf(random: Random, row: number): string {
  const at = (draw: number): number => random.uniformAt(row, draw);
  const normal = Math.sqrt(-2 * Math.log(at(0))) * Math.cos(2 * Math.PI * at(1));
  const day = String(1 + Math.floor(at(2) * 28)).padStart(2, '0');
  const month = String(1 + Math.floor(at(3) * 12)).padStart(2, '0');
  const date = `${2015 + Math.floor(at(4) * 10)}-${month}-${day}`;
  const cells = [
    row,
    100_000_000 + Math.floor(at(5) * 40_000_000),
    at(6) < 0.51 ? 'Female' : 'Male',
    Math.floor(at(7) * 95),
    (169 + 10 * normal).toFixed(1),
    at(8) < 0.1 ? '?' : Math.exp(4.3 + 0.4 * normal).toFixed(2),
    date,
    `${date}T${String(Math.floor(at(9) * 24)).padStart(2, '0')}:15:00Z`,
    diagnoses[Math.floor(at(10) ** 2 * diagnoses.length)] ?? '',
    at(11) < 0.2 ? '' : at(11) < 0.5 ? 'yes' : 'no',
    row % 5 === 0
      ? `"seen, ""stable"",\nreview in ${Math.floor(at(12) * 12)} weeks"`
      : 'routine visit without findings',
  ];
  return `${cells.join(',')}\n`;
}

async function writeCsv(path: string, bytesWanted: number): Promise<void> {
  const random = Random.fromSeed('bench').fork('rows');
  const file = await open(path, 'w');
  let text = header;
  let bytes = 0;
  for (let row = 0; bytes + text.length < bytesWanted; row += 1) {
    text += rowOf(random, row);
    if (text.length < megabyte) continue;
    bytes += (await file.write(text)).bytesWritten;
    text = '';
  }
  await file.write(text);
  await file.close();
}

async function validate(path: string): Promise<CsvSummary> {
  const validator = new CsvValidator({ recordBytesMax: megabyte, columnsMax: 1000 });
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }))
    validator.push(chunk as Buffer);
  return validator.end();
}

interface Step {
  readonly name: string;
  readonly seconds: number;
}

async function runSteps(
  folder: string,
  csv: string,
): Promise<{ steps: Step[]; summary: CsvSummary; hash: string }> {
  const parquet = join(folder, 'source.parquet');
  const policy = await readFile('policies/disclosure.json', 'utf8');
  const control = JSON.parse(policy) as DisclosureControl;
  const steps: Step[] = [];
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    steps.push({ name, seconds: (performance.now() - start) / 1000 });
    return result;
  };
  const db = await openDuckDb({ allowedDirectories: [folder], tempDirectory: join(folder, 'spill') });
  const summary = await timed('validate', () => validate(csv));
  await timed('convert', () => convertCsvToParquet(db, csv, parquet, summary.columnNames));
  const columns = await timed('inspect', () => inspectColumns(db, parquet));
  const profile = await timed('profile', () =>
    buildProfile(db, parquet, { columns }, { sourceHash: 'bench', control }),
  );
  db.close();
  return { steps, summary, hash: sha256Hex(canonicalJson(profile)) };
}

function table(steps: readonly Step[], { rows, bytes }: CsvSummary): string {
  const total = { name: 'total', seconds: steps.reduce((sum, { seconds }) => sum + seconds, 0) };
  const lines = [...steps, total].map(({ name, seconds }) =>
    [
      name.padEnd(10),
      seconds.toFixed(2).padStart(9),
      Math.round(rows / seconds)
        .toLocaleString('en')
        .padStart(12),
      (bytes / megabyte / seconds).toFixed(1).padStart(8),
    ].join(' '),
  );
  return [`${'step'.padEnd(10)}   seconds       rows/s     MB/s`, ...lines].join('\n');
}

const megabytes = Number(process.argv[2] ?? 200);
const folder = await mkdtemp(join(tmpdir(), 'picketfence-bench-'));
try {
  const csv = join(folder, 'source.csv');
  await writeCsv(csv, megabytes * megabyte);
  const { steps, summary, hash } = await runSteps(folder, csv);
  const machine = `${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, Node ${process.version}`;
  const size = `${(summary.bytes / megabyte).toFixed(0)} MB, ${summary.rows.toLocaleString('en')} rows x ${summary.columnNames.length} columns`;
  // maxRSS is in kibibytes on every platform.
  const peak = `peak memory ${Math.round((process.resourceUsage().maxRSS * 1024) / megabyte)} MB`;
  const report = [machine, size, table(steps, summary), peak, `profile sha256 ${hash.slice(0, 16)}`];
  process.stdout.write(`${report.join('\n')}\n`);
} finally {
  await rm(folder, { recursive: true });
}
