import { normalQuantile } from '../../../../core/distributions/normal.js';
import type { Variable } from '../../../../core/tensor/variable.js';
import type { Pass } from './pass.js';
import type { Weight, Weights } from './weights.js';

/** A row of weights for each code, started from the standard normal law. */
export class Embedding {
  readonly table: Weight;

  constructor(
    weights: Weights,
    name: string,
    { codes, width }: { readonly codes: number; readonly width: number },
  ) {
    this.table = weights.add(name, { rows: codes, columns: width }, (random) =>
      normalQuantile(random.uniform()),
    );
  }

  /** @param codes one a row, each from 0 to codes - 1 */
  apply(pass: Pass, codes: Int32Array): Variable {
    return pass.calculus.gatherRows(pass.use(this.table), codes);
  }
}
