import type { Variable } from '../../../../core/tensor/variable.js';
import type { Pass } from './pass.js';

/**
 * In training, cells are 0 with probability `share` and the others larger by as much; else nothing changes.
 * @param name of the place in the network, whose stream draws
 */
export function dropout(pass: Pass, x: Variable, { name, share }: { name: string; share: number }): Variable {
  if (!pass.isTraining || share === 0) return x;
  const { rows, columns } = x.value;
  const random = pass.random.fork(name);
  const kept = 1 / (1 - share);
  const mask = Float32Array.from({ length: rows * columns }, () => (random.uniform() < share ? 0 : kept));
  return pass.calculus.multiply(x, pass.constant(rows, columns, mask));
}
