import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSdvMetadata } from '../src/commands/evaluate/sdv-metadata.js';
import { withDataset } from '../src/commands/tables/open-dataset.js';
import { Random } from '../src/core/random/random.js';
import type { Column } from '../src/core/table/table.js';
import { isMissing } from '../src/core/table/missing-bitmap.js';
import { keyColumnsOf } from '../src/evaluation/fidelity/quality/compared-table.js';
import type { Relationship, TableMetadata } from '../src/evaluation/fidelity/quality/table-metadata.js';
import { compareDataset } from '../src/evaluation/fidelity/relational/compared-dataset.js';
import {
  diagnosticProperties,
  qualityProperties,
} from '../src/evaluation/fidelity/relational/dataset-reports.js';
import {
  cardinalityShapeSimilarity,
  referentialIntegrity,
} from '../src/evaluation/fidelity/relational/relationship-scores.js';
import type { Score } from '../src/evaluation/score.js';
import { fitRelational } from '../src/generators/relational/fit-relational.js';
import { cellText } from '../src/core/table/key-cells.js';
import type { RelationalModel } from '../src/generators/relational/model.js';
import { sampleRelational } from '../src/generators/relational/sample-relational.js';
import { relationalDataSets, writeDataSet } from './relational/data-sets.js';
import type { RelationalDataSet } from './relational/data-sets.js';
import { countBroken } from './relational/kept.js';
import { bootstrapped, collectTables, dealtAnew, readAll } from './relational/tables.js';
import type { Tables } from './relational/tables.js';

// node dist/bench/relational.js [data set]

const random = Random.fromSeed('bench');
const numberOf = ({ value }: Score): number => value ?? NaN;
const text = (value: number): string => (Number.isNaN(value) ? '-' : value.toFixed(3));

interface Comparing {
  readonly real: Tables;
  readonly keys: ReadonlyMap<string, TableMetadata>;
  readonly relationships: readonly Relationship[];
}

function compare(label: string, synthetic: Tables, { real, keys, relationships }: Comparing): void {
  const pairs = [...real].flatMap(([name, table]) => {
    const other = synthetic.get(name);
    return other ? [{ name, real: table, synthetic: other, metadata: keys.get(name) ?? {} }] : [];
  });
  const compared = compareDataset(pairs, relationships);
  const line = [
    ...(['default', 'zero'] as const).flatMap((regime) =>
      qualityProperties(compared, regime, 'fixed').map(
        ({ name, score }) => `${name}${regime === 'zero' ? ' (0)' : ''} ${text(numberOf(score))}`,
      ),
    ),
    ...diagnosticProperties(compared).map(({ name, score }) => `${name} ${text(numberOf(score))}`),
  ];
  console.log(`| ${label} | ${line.join(' | ')} |`);
  if (label !== 'relational-trees') return;
  for (const { relationship, keys: found } of compared.relationships) {
    if ('reason' in found) continue;
    const integrity = numberOf(referentialIntegrity(found.real, found.synthetic));
    const shape = numberOf(cardinalityShapeSimilarity(found.real, found.synthetic));
    console.log(
      `    ${relationship.parent} -> ${relationship.child}: integrity ${text(integrity)}, cardinality shape ${text(shape)}`,
    );
  }
  if (process.env['PAIRS']) for (const one of compared.intertableTrends) console.log(JSON.stringify(one));
  for (const { name, shapes } of compared.tables) {
    const worst = shapes
      .map((shape) => [shape.column, numberOf(shape.score)] as const)
      .filter(([, score]) => score < 0.9)
      .map(([column, score]) => `${column} ${text(score)}`);
    if (worst.length > 0) console.log(`    shapes below 0.9 in ${name}: ${worst.join(', ')}`);
  }
}

async function run(set: RelationalDataSet): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'picketfence-relational-'));
  try {
    await writeDataSet(set, folder);
    const metadata = parseSdvMetadata(await readFile(join(folder, 'metadata.json'), 'utf8'), set.name);
    await withDataset(folder, metadata, new AbortController().signal, async ({ dataset, leftOut }) => {
      const { windows, subjects } = set;
      const real = await readAll(dataset);
      console.log(
        `\n## ${set.name}: ${[...real].map(([name, { rowCount }]) => `${name} ${rowCount}`).join(', ')}`,
      );
      console.log(`left out: ${leftOut.join(', ') || 'nothing'}`);
      const begin = performance.now();
      const whole = { ...dataset, windows, ...(subjects === undefined ? {} : { subjects }) };
      const model = await fitRelational(whole, { parameters: {}, random });
      const fitted = performance.now();
      console.log(`fit ${((fitted - begin) / 1000).toFixed(1)} s`);
      const made = model.subjectRows * Number(process.env['MADE'] ?? set.made);
      const synthetic = await collectTables(sampleRelational(model, { subjects: made, random }, 256));
      const sampled = performance.now();
      console.log(
        `sample ${((sampled - fitted) / 1000).toFixed(1)} s, ` +
          `${made} subjects, ${[...synthetic].map(([name, { rowCount }]) => `${name} ${rowCount}`).join(', ')}, ` +
          `peak memory ${Math.round(process.resourceUsage().maxRSS / 1000)} MB`,
      );
      const keys = new Map([...metadata.tables].map(([name, table]) => [name, table.keys]));
      const comparing = { real, keys, relationships: metadata.relationships };
      compare('relational-trees', synthetic, comparing);
      for (const keepsCounts of [true, false])
        compare(
          keepsCounts ? 'children shuffled among parents' : 'tables independent',
          dealtAnew(real, metadata.relationships, { random: random.fork('deal'), keepsCounts }),
          comparing,
        );
      const roots = { relationships: metadata.relationships, subjects: subjects ?? null };
      if (metadata.relationships.length > 0)
        compare(
          'subjects drawn with replacement',
          bootstrapped(real, roots, random.fork('bootstrap')),
          comparing,
        );
      report(model, { real, synthetic, keys }, set);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Both {
  readonly real: Tables;
  readonly synthetic: Tables;
  readonly keys: ReadonlyMap<string, TableMetadata>;
}

function report(
  model: RelationalModel,
  { real, synthetic, keys }: Both,
  { windows, subjects }: RelationalDataSet,
): void {
  console.log(`times of the source outside their window: ${model.outsideWindows.join(', ')}`);
  for (const [label, tables] of [
    ['source', real],
    ['made', synthetic],
  ] as const)
    console.log(`${label}: ${countBroken(tables, { windows, subjects, keys })}`);
  let copied = 0;
  for (const [name, table] of real) {
    const metadata = keys.get(name) ?? {};
    for (const column of [...keyColumnsOf(metadata)]) {
      const before = cells(table.columns.get(column));
      const after = cells(synthetic.get(name)?.columns.get(column));
      for (const key of after) if (before.has(key)) copied += 1;
    }
  }
  console.log(`source keys among the made ones: ${copied}`);
}

function cells(column: Column | undefined): Set<string> {
  const found = new Set<string>();
  if (column?.kind !== 'text') return found;
  column.values.forEach((_, row) => {
    if (!isMissing(column.missing, row)) found.add(cellText(column, row) ?? '');
  });
  return found;
}

console.log(`${cpus()[0]?.model ?? '?'}, ${availableParallelism()} cores, Node ${process.version}`);
const wanted = process.argv[2];
for (const set of relationalDataSets) if (wanted === undefined || set.name === wanted) await run(set);
