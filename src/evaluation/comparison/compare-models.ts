import type { TableSchema } from '../../core/schema/schema.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import type { Table } from '../../core/table/table.js';
import type { Declared } from '../declared.js';
import { evaluate } from '../evaluate.js';
import type { Thresholds } from '../evaluate.js';
import type { EvaluationContext } from '../evaluation-context.js';
import { compareDataset } from '../fidelity/relational/compared-dataset.js';
import { qualityOf } from '../report/measures/sdmetrics-measures.js';
import { noScore } from '../score.js';
import type { Score } from '../score.js';
import type { ComparedModel } from './compared-model.js';
import { recommendModel } from './recommend-model.js';
import type { ModelRecommendation } from './recommend-model.js';

/** One way to make a synthetic table from real rows. */
export interface ComparedMethod {
  readonly name: string;
  /** Learns from the rows and makes as many of its own. */
  make(train: ColumnSource, rowCount: number, seed: string): Promise<Table>;
}

export interface ModelComparisonInput {
  readonly schema: TableSchema;
  /** Real rows to learn from, and of other subjects to compare with. */
  readonly train: ColumnSource;
  readonly holdout: ColumnSource;
  readonly methods: readonly ComparedMethod[];
  /** What each candidate is judged by; checks of privacy decide who may be recommended. */
  readonly thresholds: Thresholds;
  readonly privacyChecks: readonly string[];
  readonly declared: Declared;
  readonly seed: string;
  /** Milliseconds from any start. */
  readonly elapsedMs: () => number;
  /** What people may read of an error of a method; null: only its kind is reported, as it may hold a source value. */
  readonly plainMessage: (error: unknown) => string | null;
  readonly onProgress?: (line: string) => void;
  readonly signal?: AbortSignal;
}

export interface ModelComparison {
  readonly models: readonly ComparedModel[];
  readonly recommendation: ModelRecommendation;
}

/** Fits each method on the same rows, judges what it makes by the same checks, and recommends one or none. */
export async function compareModels(input: ModelComparisonInput): Promise<ModelComparison> {
  const models: ComparedModel[] = [];
  for (const method of input.methods) {
    input.signal?.throwIfAborted();
    input.onProgress?.(`${method.name}: learning`);
    models.push(await compareOne(method, input));
  }
  return { models, recommendation: recommendModel(models) };
}

async function compareOne(method: ComparedMethod, input: ModelComparisonInput): Promise<ComparedModel> {
  const started = input.elapsedMs();
  let table: Table;
  try {
    table = await method.make(input.train, input.train.rowCount, input.seed);
  } catch (error) {
    input.signal?.throwIfAborted();
    const kind = error instanceof Error ? error.name : typeof error;
    return notMade(method.name, input.plainMessage(error) ?? `It crashed (${kind}).`);
  }
  const seconds = (input.elapsedMs() - started) / 1000;
  input.onProgress?.(`${method.name}: judging`);
  const checks = await evaluate(contextOf(table, input), input.thresholds);
  const nearness = checks.find(({ name }) => name === 'nearer-to-training');
  const isPrivacy = new Set(input.privacyChecks);
  return {
    ...{ method: method.name, seconds, checks, failure: null },
    fidelity: await fidelityOf(table, input),
    nearness:
      nearness === undefined || nearness.value === null
        ? noScore(nearness?.explanation ?? 'The policy does not ask for it.')
        : { value: nearness.value },
    failedPrivacy: checks
      .filter(({ name, status }) => isPrivacy.has(name) && status === 'fail')
      .map(({ name }) => name),
  };
}

function notMade(method: string, failure: string): ComparedModel {
  const none = noScore(failure);
  return { method, seconds: 0, fidelity: none, nearness: none, checks: [], failedPrivacy: [], failure };
}

async function fidelityOf(synthetic: Table, { holdout, schema }: ModelComparisonInput): Promise<Score> {
  const columns = await Promise.all(
    schema.columns.map(async ({ name }) => [name, await holdout.column(name)] as const),
  );
  const real = { rowCount: holdout.rowCount, columns: new Map(columns) };
  const [compared] = compareDataset([{ name: 'table', real, synthetic, metadata: {} }], []).tables;
  return compared ? qualityOf(compared, 'default', 'fixed') : noScore('There is nothing to compare.');
}

function contextOf(
  table: Table,
  { schema, train, holdout, declared, seed, signal }: ModelComparisonInput,
): EvaluationContext {
  const columnNames = [...table.columns.keys()];
  return {
    ...{ schema, declared, seed, holdout, profile: null, source: train },
    rowsRequested: table.rowCount,
    candidate: {
      rowCount: table.rowCount,
      columnNames,
      column: (name) => {
        const column = table.columns.get(name);
        return column ? Promise.resolve(column) : Promise.reject(new Error(`There is no column "${name}".`));
      },
    },
    package: {
      manifest: { synthetic: true, label: '', disclaimer: '', files: [] },
      files: [],
      readmeText: '',
    },
    ...(signal ? { signal } : {}),
  };
}
