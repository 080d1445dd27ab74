import { readFile, stat } from 'node:fs/promises';
import { inspectColumns } from '../core/files/inspect-columns.js';
import { openColumns } from '../core/files/open-columns.js';
import { Random } from '../core/random/random.js';
import { isReleasable } from '../core/schema/schema.js';
import type { TableSchema } from '../core/schema/schema.js';
import { fitConstrained } from '../generators/constraints/constrained.js';
import { saveModelFile } from '../generators/constraints/constrained-file.js';
import type { ModelFile } from '../generators/constraints/constrained-file.js';
import { parseConstraints } from '../generators/constraints/constraint.js';
import type { RowsGenerator } from '../generators/generator.js';
import { resolveMethod } from '../generators/method-names.js';
import { recommendMethod } from '../generators/recommend-method.js';
import type { Command, CommandContext } from './command.js';
import { schemaIn } from './omop/copy-schema.js';
import { StartRefused } from './start-refused.js';
import { describeModel } from './tables/describe-model.js';
import { fitFolder } from './tables/fit-folder.js';
import { withTable } from './tables/open-table.js';
import type { OpenTable } from './tables/open-table.js';
import { parseJson, runOnFile, textOf } from './tables/run-on-file.js';
import { parseSchemaFile } from './tables/schema-file.js';
import { schemaOfMetadata } from './tables/schema-of-metadata.js';
import { refuseExisting, writeWhole } from './tables/write-whole.js';

type Values = Readonly<Record<string, unknown>>;

/** `picketfence fit TABLE.csv --out MODEL`: learns a model of tier HIGH, which stays where the table is. */
export const fitCommand = {
  name: 'fit',
  summary:
    'learn a model: TABLE.csv --out MODEL [--generator NAME] [--schema S.json | --metadata SDV.json] [--constraints C.json] [--parameters JSON] [--seed S], or of a folder of tables: DIR --metadata M.json --out MODEL (without metadata for OMOP tables, which may be postgres:SCHEMA) [--subjects TABLE] [--windows W.json]',
  options: {
    out: { type: 'string' },
    generator: { type: 'string' },
    schema: { type: 'string' },
    constraints: { type: 'string' },
    parameters: { type: 'string' },
    seed: { type: 'string' },
    metadata: { type: 'string' },
    subjects: { type: 'string' },
    windows: { type: 'string' },
  },
  positional: 'table',
  run: async (context, values) => {
    const [table, out] = [textOf(values['table']), textOf(values['out'])];
    if (table === undefined || out === undefined) {
      context.complain('Say which table and where to: picketfence fit TABLE.csv --out MODEL.');
      return 2;
    }
    return runOnFile(context, table, async (signal) => {
      refuseExisting(out);
      if (schemaIn(table) !== null || (await stat(table)).isDirectory()) {
        const parameters = parametersIn(values);
        await fitFolder(table, out, values, { context, signal, parameters, onProgress: progressIn(context) });
        return;
      }
      const file = await withTable(table, signal, (open) => learn(open, values, { context, signal }));
      await writeWhole(out, [saveModelFile(file)], signal);
      for (const line of describeModel(file)) context.print(line);
    });
  },
} as const satisfies Command & { readonly positional: string };

async function learn(
  table: OpenTable,
  values: Values,
  { context, signal }: { context: CommandContext; signal: AbortSignal },
): Promise<ModelFile> {
  const { db, parquet, summary, hash } = table;
  const schema = await schemaFor(table, values, signal);
  const left = schema.columns
    .filter((column) => !isReleasable(column) && !column.regenerate)
    .map(({ name }) => name);
  const anew = schema.columns.filter(({ regenerate }) => regenerate);
  for (const { name, regenerate } of anew)
    context.complain(`made anew, from nothing the source holds: ${name} (${regenerate?.kind ?? ''})`);
  if (left.length > 0) context.complain(`left out, as identifiers or free text: ${left.join(', ')}`);
  const releasable = { columns: schema.columns.filter(isReleasable) };
  const kept = { columns: schema.columns.filter(({ name }) => !left.includes(name)) };
  const rows = await openColumns(db, parquet, kept);
  const constraintsFile = textOf(values['constraints']);
  const constraints =
    constraintsFile === undefined
      ? []
      : parseConstraints(parseJson(await readFile(constraintsFile, 'utf8'), constraintsFile));
  const advised = await recommendMethod(releasable, rows);
  const method = resolveMethod(textOf(values['generator']) ?? advised.generator);
  const isAdvised = values['generator'] === undefined;
  const parameters = {
    ...(isAdvised ? advised.parameters : {}),
    ...method.parameters,
    ...parametersIn(values),
  };
  const generator: RowsGenerator = method.generator;
  const options = {
    parameters,
    random: Random.fromSeed(textOf(values['seed']) ?? '1').fork('fit'),
    signal,
    onProgress: progressIn(context),
  };
  const model = await fitConstrained(generator, { schema: kept, rows, constraints }, options);
  const about = { sourceRows: summary.rows, sourceHash: hash, parameters: options.parameters };
  return { generator, model, about };
}

function parametersIn(values: Values): Readonly<Record<string, unknown>> {
  const text = textOf(values['parameters']);
  if (text === undefined) return {};
  const value = parseJson(text, '--parameters');
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new StartRefused('--parameters is not a JSON object.');
  return Object.fromEntries(Object.entries(value));
}

async function schemaFor(
  { db, parquet, summary }: OpenTable,
  values: Values,
  signal: AbortSignal,
): Promise<TableSchema> {
  const [file, metadata] = [textOf(values['schema']), textOf(values['metadata'])];
  if (file !== undefined && metadata !== undefined)
    throw new StartRefused('--schema and --metadata both say what the columns are; give one.');
  if (metadata !== undefined)
    return schemaOfMetadata(metadata, await inspectColumns(db, parquet, { signal }));
  if (file === undefined) return { columns: await inspectColumns(db, parquet, { signal }) };
  try {
    return parseSchemaFile(parseJson(await readFile(file, 'utf8'), file), summary.columnNames);
  } catch (error) {
    if (error instanceof StartRefused) throw new StartRefused(`${file}: ${error.message}`);
    throw error;
  }
}

/** A line each tenth of the way. */
function progressIn({ complain }: CommandContext): (share: number) => void {
  let told = 0;
  return (share) => {
    const tenth = Math.floor(10 * share);
    if (tenth > told) complain(`${10 * tenth} %`);
    told = Math.max(told, tenth);
  };
}
