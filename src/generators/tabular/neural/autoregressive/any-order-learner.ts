import { shuffledRows } from '../../../../core/random/draw-rows.js';
import type { Random } from '../../../../core/random/random.js';
import { Calculus } from '../../../../core/tensor/calculus.js';
import type { Variable } from '../../../../core/tensor/variable.js';
import { Pass } from '../layers/pass.js';
import type { Weights } from '../layers/weights.js';
import type { Learner, TrainingStep } from '../training/learner.js';
import type { AnyOrderNetwork } from './any-order-network.js';

export interface CodedColumn {
  /** The group of each row; `size` where it is in none. */
  readonly codes: ArrayLike<number>;
  readonly size: number;
}

/** AdamW as PyTorch sets it. */
export const adamWeights = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0.01 } as const;

/** Shows the network rows in a new order of columns at every step; each column is to be told from those before it. */
export class AnyOrderLearner implements Learner {
  readonly networks: Readonly<Record<string, Weights>>;
  readonly #weights: Weights;

  constructor(
    weights: Weights,
    private readonly network: AnyOrderNetwork,
    private readonly columns: readonly CodedColumn[],
  ) {
    this.#weights = weights;
    this.networks = { network: weights };
  }

  step({ rows, rate, random }: TrainingStep): Readonly<Record<string, number>> {
    const pass = this.#pass(true, random);
    const loss = pass.calculus.linear(pass.calculus.sum(this.rowLosses(pass, rows)), 1 / rows.length, 0);
    pass.descend(loss, this.#weights, { ...adamWeights, rate });
    return { loss: this.#read(loss) };
  }

  validate(rows: Int32Array, random: Random): number {
    const pass = this.#pass(false, random);
    return this.#read(pass.calculus.sum(this.rowLosses(pass, rows))) / rows.length;
  }

  /** The negative log-likelihood of each row in one order of its columns, rows × 1. */
  rowLosses(pass: Pass, rows: Int32Array): Variable {
    const { calculus } = pass;
    const codes = this.columns.map(({ codes: all }) => Int32Array.from(rows, (row) => all[row] ?? 0));
    const place = shuffledRows(this.columns.length, pass.random.fork('columns'));
    const embedded = this.network.embed(pass, codes);
    const logits = this.columns.map((_, column) =>
      this.network.logits(pass, embedded, {
        column,
        isShown: (other) => (place[other] ?? 0) < (place[column] ?? 0),
      }),
    );
    const sizes = this.columns.map(({ size }) => size);
    const logShares = calculus.logSoftmax(calculus.concatColumns(logits), sizes);
    const cells = cellsOf(codes, sizes, rows.length);
    const ofRows = calculus.gatherCells(logShares, cells, rows.length, this.columns.length);
    return calculus.linear(calculus.rowSums(ofRows), -1, 0);
  }

  #pass(isTraining: boolean, random: Random): Pass {
    const trained = isTraining ? [this.#weights] : [];
    return new Pass(new Calculus(this.#weights.ops), { trained, isTraining, random });
  }

  #read(scalar: Variable): number {
    return this.#weights.ops.read(scalar.value)[0] ?? NaN;
  }
}

/** Where the logarithm of the share of each cell's group stands; -1 for a cell in no group. */
function cellsOf(codes: readonly Int32Array[], sizes: readonly number[], rowCount: number): Int32Array {
  const width = sizes.reduce((sum, size) => sum + size, 0);
  const cells = new Int32Array(rowCount * sizes.length);
  let start = 0;
  for (const [column, size] of sizes.entries()) {
    const own = codes[column] ?? new Int32Array();
    for (let row = 0; row < rowCount; row += 1) {
      const code = own[row] ?? size;
      cells[row * sizes.length + column] = code < size ? row * width + start + code : -1;
    }
    start += size;
  }
  return cells;
}
