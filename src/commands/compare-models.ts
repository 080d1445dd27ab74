import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspectColumns } from '../core/files/inspect-columns.js';
import { openColumns } from '../core/files/open-columns.js';
import { Random } from '../core/random/random.js';
import { isReleasable } from '../core/schema/schema.js';
import type { TableSchema } from '../core/schema/schema.js';
import type { ColumnSource } from '../core/table/column-source.js';
import { joinBlocks } from '../core/table/join-blocks.js';
import { selectRows } from '../core/table/select-rows.js';
import { splitSubjects } from '../core/table/split-subjects.js';
import { comparisonHtml } from '../evaluation/comparison/comparison-html.js';
import { compareModels } from '../evaluation/comparison/compare-models.js';
import type { ComparedMethod, ModelComparison } from '../evaluation/comparison/compare-models.js';
import { figureText } from '../evaluation/figure.js';
import { keyText } from '../evaluation/fidelity/columns/key-uniqueness.js';
import { privacyMeasures } from '../evaluation/privacy/measures.js';
import { resolveMethod } from '../generators/method-names.js';
import type { Method } from '../generators/method-names.js';
import { checkPolicies } from '../modules/policy/declared-checks.js';
import { loadPolicy } from '../modules/policy/load-policy.js';
import type { Command, CommandContext } from './command.js';
import { StartRefused } from './start-refused.js';
import { withTable } from './tables/open-table.js';
import type { OpenTable } from './tables/open-table.js';
import { plainMessage, runOnFile, textOf } from './tables/run-on-file.js';

type Values = Readonly<Record<string, unknown>>;

/** They learn again from many sets of rows, which takes too long for a comparison; a release is checked by them. */
const tooLong = new Set(['membership-of-chosen-people', 'dp-audit']);
const usage =
  'picketfence compare-models SOURCE.csv --methods a,b,c --out DIR [--subject COLUMN] [--target COLUMN]';

/** `picketfence compare-models`: several generators on one source, judged alike. 0: one is recommended, 1: none. */
export const compareModelsCommand = {
  name: 'compare-models',
  summary:
    'fit several generators on one source and recommend one: SOURCE.csv --methods a,b,c --out DIR [--subject COLUMN] [--target COLUMN] [--seed S]',
  options: {
    methods: { type: 'string' },
    out: { type: 'string' },
    subject: { type: 'string' },
    target: { type: 'string' },
    seed: { type: 'string' },
  },
  positional: 'source',
  run: async (context, values) => {
    const [source, methods, out] = ['source', 'methods', 'out'].map((name) => textOf(values[name]));
    if (source === undefined || methods === undefined || out === undefined) {
      context.complain(`Say which source, which methods and where to: ${usage}`);
      return 2;
    }
    const done: { comparison?: ModelComparison } = {};
    const code = await runOnFile(context, source, async (signal) => {
      const compared = methods
        .split(',')
        .map((name) => ({ name: name.trim(), ...resolveMethod(name.trim()) }));
      const found = await withTable(source, signal, (table) =>
        compare(table, compared, values, { context, signal }),
      );
      await mkdir(out, { recursive: true });
      await writeFile(join(out, 'comparison.json'), `${JSON.stringify({ version: 1, ...found }, null, 1)}\n`);
      await writeFile(join(out, 'comparison.html'), comparisonHtml(found));
      print(context, found, out);
      done.comparison = found;
    });
    return code === 0 && done.comparison?.recommendation.method === null ? 1 : code;
  },
} as const satisfies Command & { readonly positional: string };

interface NamedMethod extends Method {
  readonly name: string;
}

/** Learning and making rows of one schema by one method. */
function makerOf(
  { name, generator, parameters }: NamedMethod,
  schema: TableSchema,
  signal: AbortSignal,
): ComparedMethod {
  return {
    name,
    make: async (rows, rowCount, seed) => {
      const random = Random.fromSeed(seed).fork(name);
      const model = await generator.fit({ schema, rows }, { parameters, random: random.fork('fit'), signal });
      const columns = generator.formats(model).map((format) => format.name);
      return joinBlocks(generator.sample(model, { columns, rows: rowCount, random: random.fork('rows') }));
    },
  };
}

interface Running {
  readonly context: CommandContext;
  readonly signal: AbortSignal;
}

async function compare(
  { db, parquet, hash }: OpenTable,
  methods: readonly NamedMethod[],
  values: Values,
  { context, signal }: Running,
): Promise<ModelComparison> {
  const { policiesDirectory } = context.loadConfig();
  const proposed = { columns: await inspectColumns(db, parquet, { signal }) };
  const subject = textOf(values['subject']);
  const target = textOf(values['target']);
  const whole = await openColumns(db, parquet, proposed);
  for (const [option, name] of Object.entries({ subject, target }))
    if (name !== undefined && !whole.columnNames.includes(name))
      throw new StartRefused(
        `--${option} names the column "${name}", which is not there; there are ${whole.columnNames.join(', ')}.`,
      );
  const schema = {
    columns: proposed.columns.filter((column) => isReleasable(column) && column.name !== subject),
  };
  const { train, holdout } = splitSubjects(await subjectsOf(whole, subject), hash);
  const limits = checkPolicies(loadPolicy(policiesDirectory), 'HIGH');
  const privacyChecks = privacyMeasures.map(({ name }) => name).filter((name) => !tooLong.has(name));
  const asked = [...privacyChecks, ...(target === undefined ? [] : ['tstr-auc-loss', 'tstr-rmse-excess'])];
  return compareModels({
    ...{ schema, privacyChecks, signal, plainMessage },
    train: selectRows(whole, train),
    holdout: selectRows(whole, holdout),
    methods: methods.map((method) => makerOf(method, schema, signal)),
    thresholds: Object.fromEntries(Object.entries(limits).filter(([name]) => asked.includes(name))),
    declared: target === undefined ? {} : { target },
    seed: textOf(values['seed']) ?? 'compare',
    elapsedMs: () => performance.now(),
    onProgress: context.complain,
  });
}

async function subjectsOf(rows: ColumnSource, subject: string | undefined): Promise<(string | null)[]> {
  if (subject === undefined) return new Array<null>(rows.rowCount).fill(null);
  const column = await rows.column(subject);
  return Array.from({ length: rows.rowCount }, (_, row) => keyText(column, row));
}

function print(
  { print: line }: CommandContext,
  { models, recommendation }: ModelComparison,
  folder: string,
): void {
  for (const { method, fidelity, nearness, seconds, failedPrivacy, failure } of models) {
    const figures = [fidelity, nearness].map(({ value }) =>
      (value === null ? '-' : figureText(value)).padStart(8),
    );
    const verdict = failure ?? (failedPrivacy.length === 0 ? 'pass' : `FAIL ${failedPrivacy.join(', ')}`);
    line(`${method.padEnd(24)}${figures.join('')}${figureText(seconds).padStart(9)} s  ${verdict}`);
  }
  for (const reason of recommendation.reasons) line(reason);
  line(`${join(folder, 'comparison.html')}: ${recommendation.method ?? 'none is recommended'}`);
}
