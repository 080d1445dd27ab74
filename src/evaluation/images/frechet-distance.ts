import { symmetricEigen } from '../../core/linear-algebra/symmetric-eigen.js';

interface Law {
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
}

/**
 * |m1 - m2|² + trace(C1 + C2 - 2 (C1^½ C2 C1^½)^½) of the normal laws of two sets of features: Dowson and Landau 1982,
 * "The Fréchet distance between multivariate normal distributions". 0 for equal means and covariances.
 * @param left rows × size
 */
export function frechetDistance(left: Float64Array, right: Float64Array, size: number): number {
  const [a, b] = [lawOf(left, size), lawOf(right, size)];
  const apart = a.mean.reduce((sum, value, at) => sum + (value - (b.mean[at] ?? 0)) ** 2, 0);
  const root = rootOf(a.covariance, size);
  const inside = product(product(root, b.covariance, size), root, size);
  const roots = symmetricEigen({ size, values: inside }).values;
  const shared = roots.reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0);
  return Math.max(0, apart + trace(a.covariance, size) + trace(b.covariance, size) - 2 * shared);
}

function lawOf(features: Float64Array, size: number): Law {
  const rows = features.length / size;
  const mean = new Float64Array(size);
  for (const [at, value] of features.entries()) mean[at % size] = (mean[at % size] ?? 0) + value / rows;
  const covariance = new Float64Array(size * size);
  for (let row = 0; row < rows; row += 1)
    for (let i = 0; i < size; i += 1) {
      const off = (features[row * size + i] ?? 0) - (mean[i] ?? 0);
      for (let j = 0; j < size; j += 1) {
        const other = (features[row * size + j] ?? 0) - (mean[j] ?? 0);
        covariance[i * size + j] = (covariance[i * size + j] ?? 0) + (off * other) / Math.max(1, rows - 1);
      }
    }
  return { mean, covariance };
}

function rootOf(matrix: Float64Array, size: number): Float64Array {
  const { values, vectors } = symmetricEigen({ size, values: matrix });
  const root = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1)
    for (let j = 0; j < size; j += 1)
      for (let k = 0; k < size; k += 1)
        root[i * size + j] =
          (root[i * size + j] ?? 0) +
          (vectors[i * size + k] ?? 0) *
            Math.sqrt(Math.max(0, values[k] ?? 0)) *
            (vectors[j * size + k] ?? 0);
  return root;
}

function product(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const made = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1)
    for (let k = 0; k < size; k += 1)
      for (let j = 0; j < size; j += 1)
        made[i * size + j] = (made[i * size + j] ?? 0) + (a[i * size + k] ?? 0) * (b[k * size + j] ?? 0);
  return made;
}

const trace = (matrix: Float64Array, size: number): number =>
  Array.from({ length: size }, (_, at) => matrix[at * size + at] ?? 0).reduce((sum, value) => sum + value, 0);
