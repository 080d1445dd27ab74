import { drawRows } from '../../core/random/draw-rows.js';
import { Random } from '../../core/random/random.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import type { TreeTarget } from '../../core/trees/grow-tree.js';
import { holdoutOf, sourceOf } from '../context-parts.js';
import type { EvaluationContext } from '../evaluation-context.js';
import { toVariable } from '../fidelity/variable.js';
import type { Variable } from '../fidelity/variable.js';
import { NotComputableError } from '../not-computable-error.js';
import { pickModelRows } from './models/model-rows.js';
import type { ModelRows } from './models/model-rows.js';
import { targetReader } from './target.js';

/** Rows of each table that models learn from and are tried on; more are sampled down. */
const rowsMax = 10_000;
/** With fewer rows no model can be told from chance. */
const rowsMin = 50;

/** What is to be predicted from what, in the rows learned from, the candidate's and those held out. */
export interface UtilityTask {
  readonly kind: TreeTarget['kind'];
  /** The columns of the predictors, in the order of the request. */
  readonly columns: readonly string[];
  readonly train: ModelRows;
  readonly candidate: ModelRows;
  readonly holdout: ModelRows;
  /** The place in the held-out table of each row of `holdout`. */
  readonly holdoutRows: Int32Array;
  readonly random: Random;
}

/** @throws {NotComputableError} when no target is declared, or the tables say too little about it */
export async function readUtilityTask(context: EvaluationContext): Promise<UtilityTask> {
  const target = context.declared?.target;
  if (target === undefined) throw new NotComputableError('No target column is declared.');
  const tables = { train: sourceOf(context), candidate: context.candidate, holdout: holdoutOf(context) };
  const real = await variableOf(tables.train, target);
  const read = targetReader(target, real);
  const columns = await comparableColumns(context, target, Object.values(tables));
  if (columns.length === 0)
    throw new NotComputableError('There is no other column to predict the target from.');
  const random = Random.fromSeed(context.seed ?? 'utility-checks').fork('utility');
  const rowsOf = async (name: keyof typeof tables): Promise<{ all: ModelRows; rows: Int32Array }> => {
    const { target: wanted, rows } = read(await variableOf(tables[name], target));
    if (rows.length < rowsMin)
      throw new NotComputableError(
        `With fewer than ${rowsMin} ${words[name]} rows that have the target nothing can be said.`,
      );
    const chosen = drawRows(rows.length, rowsMax, random.fork(`rows of ${name}`)).map((at) => rows[at] ?? 0);
    const variables = await Promise.all(columns.map((column) => variableOf(tables[name], column)));
    const whole = {
      rowCount: tables[name].rowCount,
      predictors: variables.flatMap((one) => one ?? []),
      target: wanted,
    };
    return { all: pickModelRows(whole, chosen), rows: chosen };
  };
  const [train, candidate, holdout] = [
    await rowsOf('train'),
    await rowsOf('candidate'),
    await rowsOf('holdout'),
  ];
  return {
    kind: train.all.target.kind,
    columns,
    ...{ train: train.all, candidate: candidate.all, holdout: holdout.all },
    holdoutRows: holdout.rows,
    random,
  };
}

const words = { train: 'real', candidate: 'synthetic', holdout: 'held-out' } as const;

async function variableOf(table: ColumnSource, name: string): Promise<Variable | null> {
  if (!table.columnNames.includes(name)) return null;
  return toVariable(await table.column(name));
}

/** Requested columns that are of one kind in all tables; identifiers and free text predict nothing. */
async function comparableColumns(
  { schema }: EvaluationContext,
  target: string,
  tables: readonly ColumnSource[],
): Promise<string[]> {
  const found: string[] = [];
  for (const { name } of schema.columns) {
    if (name === target) continue;
    const kinds = await Promise.all(tables.map(async (table) => (await variableOf(table, name))?.kind));
    if (kinds[0] !== undefined && kinds.every((kind) => kind === kinds[0])) found.push(name);
  }
  return found;
}
