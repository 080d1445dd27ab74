import { normalQuantile } from '../../../../core/distributions/normal.js';
import type { Random } from '../../../../core/random/random.js';
import type { Variable } from '../../../../core/tensor/variable.js';
import type { Pass } from './pass.js';
import type { Weight, Weights } from './weights.js';

interface EmbeddingOptions {
  readonly codes: number;
  readonly width: number;
  /** What each cell starts from, row by row; else the standard normal law. */
  readonly start?: (random: Random, place: number) => number;
}

const standardNormal = (random: Random): number => normalQuantile(random.uniform());

/** A row of weights for each code. */
export class Embedding {
  readonly table: Weight;

  constructor(weights: Weights, name: string, { codes, width, start = standardNormal }: EmbeddingOptions) {
    this.table = weights.add(name, { rows: codes, columns: width }, start);
  }

  /** @param codes one a row, each from 0 to codes - 1 */
  apply(pass: Pass, codes: Int32Array): Variable {
    const output = pass.calculus.gatherRows(pass.use(this.table), codes);
    pass.record({ weights: [this.table], output });
    return output;
  }
}
