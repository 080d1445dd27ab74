import { normalQuantile } from '../../../../core/distributions/normal.js';
import type { Variable } from '../../../../core/tensor/variable.js';
import type { Pass } from './pass.js';

/** Standard normal numbers. @param name of the place in the network, whose stream draws */
export function normalNoise(
  pass: Pass,
  name: string,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): Variable {
  const random = pass.random.fork(name);
  const values = Float32Array.from({ length: rows * columns }, () => normalQuantile(random.uniform()));
  return pass.constant(rows, columns, values);
}
