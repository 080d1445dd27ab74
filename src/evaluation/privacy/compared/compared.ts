import type { MixedMatrix } from '../../../core/neighbours/mixed-matrix.js';
import type { Neighbours } from '../../../core/neighbours/nearest-in-range.js';
import { nearestNeighbours } from '../../../core/neighbours/nearest-neighbours.js';
import { Random } from '../../../core/random/random.js';
import { holdoutOf, sourceOf } from '../../context-parts.js';
import type { EvaluationContext } from '../../evaluation-context.js';
import { countText } from '../../figure.js';
import { NotComputableError } from '../../not-computable-error.js';
import { distanceEncoder } from './encode-distances.js';
import { drawRows, pickRows } from './mixed-table.js';
import type { MixedColumn, MixedTable } from './mixed-table.js';
import { readMixedTables } from './read-mixed-tables.js';

/** With fewer rows no attack can be told from chance. */
const rowsMin = 50;
/** Rows of each table that distances and attacks look at; more are sampled down, the same rows for every check. */
const rowsMax = 50_000;

export type TableName = 'train' | 'holdout' | 'candidate';

/**
 * A candidate beside the rows its generator learned from and as many that it never saw. Whatever holds for the first
 * and not for the second was learned from persons rather than from the population.
 */
export class Compared {
  readonly #matrices = new Map<string, MixedMatrix>();
  readonly #searches = new Map<string, Promise<Neighbours>>();

  /** All rows, as many as there are. */
  readonly whole: Readonly<Record<TableName, MixedTable>>;
  /** `train` and `holdout` are of one size; no table has more than 50,000 rows. */
  readonly sampled: Readonly<Record<TableName, MixedTable>>;
  /** The place in the source of a row of the sampled training table. */
  readonly trainRow: (row: number) => number;

  private constructor(
    readonly columns: readonly MixedColumn[],
    tables: Pick<Compared, 'whole' | 'sampled' | 'trainRow'>,
    readonly random: Random,
    readonly signal: AbortSignal | undefined,
  ) {
    this.whole = tables.whole;
    this.sampled = tables.sampled;
    this.trainRow = tables.trainRow;
  }

  /** @throws {NotComputableError} without training rows, holdout rows or columns, or with fewer than 50 rows */
  static async read(context: EvaluationContext): Promise<Compared> {
    const [train, holdout, { candidate, schema, signal }] = [sourceOf(context), holdoutOf(context), context];
    const names = schema.columns.map(({ name }) => name);
    if (names.length === 0) throw new NotComputableError('No column was asked for.');
    requireRows({ training: train.rowCount, 'held-out': holdout.rowCount, synthetic: candidate.rowCount });
    const { columns, tables } = await readMixedTables([train, holdout, candidate], names, signal);
    const random = Random.fromSeed(seedOf(context));
    const none: MixedTable = { rowCount: 0, cells: [] };
    const whole = { train: tables[0] ?? none, holdout: tables[1] ?? none, candidate: tables[2] ?? none };
    const half = Math.min(rowsMax, train.rowCount, holdout.rowCount);
    const draw = (name: TableName, rows: number): Int32Array => {
      const stream = random.fork(`rows of ${name}`);
      return drawRows(whole[name].rowCount, rows, (row) => stream.uniformAt(row));
    };
    const trainRows = draw('train', half);
    const sampled = {
      train: pickRows(whole.train, trainRows),
      holdout: pickRows(whole.holdout, draw('holdout', half)),
      candidate: pickRows(whole.candidate, draw('candidate', rowsMax)),
    };
    const trainRow = (row: number): number => trainRows[row] ?? -1;
    return new Compared(columns, { whole, sampled, trainRow }, random, signal);
  }

  /** Every column, in order. */
  get allColumns(): readonly number[] {
    return this.columns.map((_, at) => at);
  }

  /** For each row of one sampled table its nearest rows of another, over the chosen columns. */
  nearest(from: TableName, to: TableName, count: number, chosen = this.allColumns): Promise<Neighbours> {
    const key = `${from} ${to} ${count} ${chosen.join()}`;
    const known = this.#searches.get(key);
    if (known) return known;
    const queries = this.#matrix(from, chosen);
    const references = this.#matrix(to, chosen);
    const isSameTable = from === to;
    const search = nearestNeighbours({ queries, references, count, isSameTable, signal: this.signal });
    this.#searches.set(key, search);
    return search;
  }

  #matrix(name: TableName, chosen: readonly number[]): MixedMatrix {
    const key = `${name} ${chosen.join()}`;
    const known = this.#matrices.get(key);
    if (known) return known;
    const { train, holdout } = this.sampled;
    const matrix = distanceEncoder(this.columns, [train, holdout], chosen)(this.sampled[name]);
    this.#matrices.set(key, matrix);
    return matrix;
  }
}

/** What attacks are drawn with: the same candidate, checked again, gets the same figures. */
export function seedOf({ seed }: EvaluationContext): string {
  return seed ?? 'privacy-checks';
}

function requireRows(tables: Readonly<Record<string, number>>): void {
  for (const [name, rows] of Object.entries(tables)) {
    if (rows >= rowsMin) continue;
    const found = rows === 1 ? 'only 1 row' : `only ${countText(rows)} rows`;
    throw new NotComputableError(
      `There are ${found} of ${name} data; with fewer than ${rowsMin} a leak cannot be told from chance.`,
    );
  }
}

const known = new WeakMap<EvaluationContext, Promise<Compared>>();

/** Reads the tables of an evaluation once, however many checks look at them. */
export function comparedOf(context: EvaluationContext): Promise<Compared> {
  const earlier = known.get(context);
  if (earlier) return earlier;
  const reading = Compared.read(context);
  known.set(context, reading);
  return reading;
}
