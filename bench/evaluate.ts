import { availableParallelism, cpus } from 'node:os';
import { Random } from '../src/core/random/random.js';
import { createMissingBitmap } from '../src/core/table/missing-bitmap.js';
import type { Column, Table } from '../src/core/table/table.js';
import { compareDataset } from '../src/evaluation/fidelity/relational/compared-dataset.js';
import { qualityProperties } from '../src/evaluation/fidelity/relational/dataset-reports.js';
import { reportScore } from '../src/evaluation/fidelity/quality/quality-report.js';
import { figureText } from '../src/evaluation/figure.js';

const [rows, columns] = [Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 30)];

/** Two thirds numbers that go together, one third categories that follow them. */
function makeTable(random: Random): Table {
  const made = new Map<string, Column>();
  const base = Float64Array.from({ length: rows }, (_, row) => random.uniformAt(row));
  for (let at = 0; at < columns; at += 1) {
    const own = random.fork(`column ${at}`);
    const values = base.map((value, row) => (at % 4) * value + own.uniformAt(row));
    const missing = createMissingBitmap(rows);
    if (at % 3 < 2) made.set(`n${at}`, { kind: 'number', values, missing });
    else {
      const dictionary = Array.from({ length: 3 + at }, (_, code) => `code ${code}`);
      const codes = Int32Array.from(
        values,
        (value) => Math.floor((value / 4) * dictionary.length) % dictionary.length,
      );
      made.set(`c${at}`, { kind: 'category', codes, dictionary, missing });
    }
  }
  return { rowCount: rows, columns: made };
}

const random = Random.fromSeed('bench evaluate');
const [real, synthetic] = [makeTable(random.fork('real')), makeTable(random.fork('synthetic'))];
const start = performance.now();
const cpuStart = process.cpuUsage();
const dataset = compareDataset([{ name: 'table', real, synthetic, metadata: {} }], []);
const scores = (['default', 'zero'] as const).flatMap((regime) =>
  (['own', 'fixed'] as const).map((edges) =>
    reportScore(qualityProperties(dataset, regime, edges).map(({ score }) => score)),
  ),
);
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(cpuStart);
const machine = `${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, Node ${process.version}`;
const shown = scores.map(({ value }) => (value === null ? 'none' : figureText(value))).join(', ');
process.stdout.write(
  `${machine}\nquality report, both regimes, own and fixed edges: ${rows.toLocaleString('en')} rows x ${columns} columns\n` +
    `${seconds.toFixed(2)} s (CPU ${((user + system) / 1e6).toFixed(2)} s), scores ${shown}\n` +
    `peak memory ${Math.round(process.resourceUsage().maxRSS / 1000)} MB\n`,
);
