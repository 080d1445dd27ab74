import type { Random } from '../../../../core/random/random.js';
import { Random as Stream } from '../../../../core/random/random.js';
import { Calculus } from '../../../../core/tensor/calculus.js';
import type { Ops } from '../../../../core/tensor/ops.js';
import { groupCount } from '../../network/network-model.js';
import { Pass } from '../layers/pass.js';
import { Weights } from '../layers/weights.js';
import { AnyOrderNetwork } from './any-order-network.js';
import { draws, pickWeighted } from './draw-cells.js';
import type { AutoregressiveModel } from './model.js';

interface Wanted {
  readonly column: number;
  /** Groups of the columns drawn so far, by place. */
  readonly codes: readonly Int32Array[];
  readonly isShown: (column: number) => boolean;
  /** By column 1 for each row that knows it; a column without knows all that are shown. */
  readonly known?: readonly (Float32Array | undefined)[];
  /** A weight for each group. */
  readonly shares?: Float64Array | undefined;
  /** The number of the first row. */
  readonly start: number;
  readonly random: Random;
}

/** Draws groups of a column from what the network says of them, given the groups of other columns. */
export class GroupDrawer {
  readonly #network: AnyOrderNetwork;
  readonly #random = Stream.fromSeed('no draws');

  /** @throws {RangeError} when the weights are not those of the columns */
  constructor(
    private readonly ops: Ops,
    private readonly model: Pick<AutoregressiveModel, 'columns' | 'widths' | 'weights' | 'parameters'>,
  ) {
    const weights = new Weights(ops, null);
    this.#network = new AnyOrderNetwork(weights, model.columns, model.widths);
    weights.setValues(model.weights);
  }

  draw({ column, codes, isShown, known = [], shares, start, random }: Wanted): Int32Array {
    const size = this.#sizeOf(column);
    const probabilities = this.ops.step(() => {
      const pass = new Pass(new Calculus(this.ops), { trained: [], isTraining: false, random: this.#random });
      const logits = this.#network.logits(pass, this.#network.embed(pass, codes, known), { column, isShown });
      const scaled = pass.calculus.linear(logits, 1 / this.model.parameters.temperature, 0);
      return this.ops.read(pass.calculus.softmax(scaled, [size]).value);
    });
    return Int32Array.from({ length: probabilities.length / size }, (_, offset) => {
      const own = probabilities.subarray(offset * size, (offset + 1) * size);
      if (shares) for (const [group, share] of own.entries()) own[group] = share * (shares[group] ?? 0);
      const weights = own.some((share) => share > 0) ? this.#likeliest(own) : (shares ?? own);
      return pickWeighted(weights, random.uniformAt(start + offset, draws.group));
    });
  }

  #sizeOf(column: number): number {
    const groups = this.model.columns[column]?.groups;
    return groups ? groupCount(groups) : 0;
  }

  /** The likeliest groups that have `topShare` of all together. */
  #likeliest(shares: Float32Array): Float32Array {
    const { topShare } = this.model.parameters;
    if (topShare === 1) return shares;
    const descending = [...shares.keys()].sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0) || a - b);
    const wanted = topShare * shares.reduce((sum, share) => sum + share, 0);
    const kept = new Float32Array(shares.length);
    let sum = 0;
    for (const group of descending) {
      if (sum >= wanted) break;
      kept[group] = shares[group] ?? 0;
      sum += kept[group] ?? 0;
    }
    return kept;
  }
}
