import type { Variable } from '../../../../core/tensor/variable.js';
import type { Pass } from '../layers/pass.js';

/** From a batch of rows to another. */
export interface Network {
  /** @param x rows × what it takes; rows × what it gives */
  apply(pass: Pass, x: Variable): Variable;
}
