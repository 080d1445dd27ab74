import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { withTable } from '../src/commands/tables/open-table.js';
import type { OpenTable } from '../src/commands/tables/open-table.js';
import { inspectColumns } from '../src/core/files/inspect-columns.js';
import { openColumns } from '../src/core/files/open-columns.js';
import { Random } from '../src/core/random/random.js';
import { isReleasable } from '../src/core/schema/schema.js';
import type { TableSchema } from '../src/core/schema/schema.js';
import type { ColumnSource } from '../src/core/table/column-source.js';
import { joinBlocks } from '../src/core/table/join-blocks.js';
import { selectRows } from '../src/core/table/select-rows.js';
import type { Table } from '../src/core/table/table.js';
import { splitSubjects } from '../src/core/table/split-subjects.js';
import { sourceOfTable } from '../src/commands/evaluate/source-of-table.js';
import { evaluate } from '../src/evaluation/evaluate.js';
import type { Refit } from '../src/evaluation/evaluation-context.js';
import { measures } from '../src/evaluation/registry.js';
import { findGenerator } from '../src/generators/generators.js';
import { refitOf } from '../src/modules/evaluations/refit-mechanism.js';
import { checkPolicies } from '../src/modules/policy/declared-checks.js';
import { loadPolicy } from '../src/modules/policy/load-policy.js';

// node dist/bench/utility.js [diabetic_data.csv.gz] [generator]: every check of tier HIGH, declared use included, timed.

const [file = '../shared/data/datasets/diabetes130/diabetic_data.csv.gz', method = 'sequential-cart'] =
  process.argv.slice(2);
const seconds = (from: number): number => (performance.now() - from) / 1000;
const cpuSeconds = (): number => process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6;
/** They look at the package of a release and not at its rows. */
const ofPackage = new Set([
  'schema-validity',
  'synthetic-label',
  'exact-copies-above-chance',
  'profile-small-cells',
]);

async function run({ db, parquet, hash }: OpenTable): Promise<void> {
  const signal = new AbortController().signal;
  const proposed = { columns: await inspectColumns(db, parquet, { signal }) };
  const whole = await openColumns(db, parquet, proposed);
  const schema = { columns: proposed.columns.filter(isReleasable) };
  const patients = await whole.column('patient_nbr');
  const subjects = patients.kind === 'text' ? patients.values : [];
  const split = splitSubjects(subjects, hash);
  const [train, holdout] = [selectRows(whole, split.train), selectRows(whole, split.holdout)];
  const generator = findGenerator(method);
  if (generator?.sees !== 'rows') throw new TypeError(`${method} learns from no rows.`);
  const from = performance.now();
  const random = Random.fromSeed('bench');
  const model = await generator.fit(
    { schema, rows: train },
    { parameters: {}, random: random.fork('fit'), signal },
  );
  const columns = schema.columns.map(({ name }) => name);
  const made = await joinBlocks(
    generator.sample(model, { columns, rows: train.rowCount, random: random.fork('rows') }),
  );
  console.log(
    `${method}: ${train.rowCount} rows learned from, ${holdout.rowCount} held out, ${made.rowCount} made, ${columns.length} columns; fit and rows ${seconds(from).toFixed(0)} s`,
  );
  const refit = refitOf({ generator, parameters: {}, schema }, columns, signal);
  await check({ schema, train, holdout, made, refit });
}

interface Halves {
  readonly schema: TableSchema;
  readonly train: ColumnSource;
  readonly holdout: ColumnSource;
  readonly made: Table;
  readonly refit: Refit;
}

async function check({ schema, train, holdout, made, refit }: Halves): Promise<void> {
  const limits = Object.entries(checkPolicies(loadPolicy('policies'), 'HIGH'));
  const started = [performance.now(), cpuSeconds()] as const;
  let from = performance.now();
  const checks = await evaluate(
    {
      ...{ schema, profile: null, source: train, holdout, candidate: sourceOfTable(made) },
      ...{ rowsRequested: made.rowCount, seed: 'bench', cellCountFloor: 10 },
      package: {
        manifest: { synthetic: true, label: '', disclaimer: '', files: [] },
        files: [],
        readmeText: '',
      },
      declared: {
        target: 'readmitted',
        protectedColumns: [{ column: 'race' }, { column: 'gender' }, { column: 'age' }],
        rules: [{ name: 'stay', kind: 'range', column: 'time_in_hospital', min: 1, max: 14 }],
      },
      refit,
      privacyClaim: null,
      onProgress: ({ check, done, total }) => {
        console.log(
          `${String(done).padStart(3)}/${total} ${check.padEnd(36)} ${seconds(from).toFixed(1).padStart(8)} s`,
        );
        from = performance.now();
      },
    },
    Object.fromEntries(limits.filter(([name]) => !ofPackage.has(name))),
    measures,
  );
  for (const { name, value, status, explanation } of checks)
    console.log(`${status.padEnd(7)} ${name.padEnd(36)} ${value === null ? explanation : String(value)}`);
  console.log(
    `${checks.length} checks in ${seconds(started[0]).toFixed(0)} s (CPU ${(cpuSeconds() - started[1]).toFixed(0)} s), peak memory ${Math.round(process.resourceUsage().maxRSS / 1000)} MB`,
  );
}

console.log(`${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, Node ${process.version}`);
const folder = await mkdtemp(join(tmpdir(), 'picketfence-bench-'));
try {
  const csv = join(folder, 'table.csv');
  await pipeline(createReadStream(file), createGunzip(), createWriteStream(csv));
  await withTable(csv, new AbortController().signal, run);
} finally {
  await rm(folder, { recursive: true });
}
