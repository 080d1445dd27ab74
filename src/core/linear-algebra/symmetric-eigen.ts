import type { SquareMatrix } from './cholesky.js';

const sweepsMax = 60;

export interface Eigen {
  readonly values: Float64Array;
  /** Column k belongs to value k. */
  readonly vectors: Float64Array;
}

/** All eigenvalues and vectors of a symmetric matrix by Jacobi's rotations (Golub, Van Loan, section 8.5). */
export function symmetricEigen({ size, values }: SquareMatrix): Eigen {
  const matrix = values.slice();
  const vectors = new Float64Array(size * size);
  for (let at = 0; at < size; at += 1) vectors[at * size + at] = 1;
  for (let sweep = 0; sweep < sweepsMax && offDiagonal(matrix, size) > 1e-22; sweep += 1)
    for (let p = 0; p < size; p += 1)
      for (let q = p + 1; q < size; q += 1) rotate(matrix, vectors, size, [p, q]);
  return { values: Float64Array.from({ length: size }, (_, at) => matrix[at * size + at] ?? 0), vectors };
}

function offDiagonal(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < row; column += 1) sum += (matrix[row * size + column] ?? 0) ** 2;
  return sum;
}

/** Makes the element (p, q) zero. */
function rotate(matrix: Float64Array, vectors: Float64Array, size: number, [p, q]: [number, number]): void {
  const apq = matrix[p * size + q] ?? 0;
  if (Math.abs(apq) < 1e-300) return;
  const theta = ((matrix[q * size + q] ?? 0) - (matrix[p * size + p] ?? 0)) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  const turn = (target: Float64Array, left: number, right: number): void => {
    const [x, y] = [target[left] ?? 0, target[right] ?? 0];
    target[left] = c * x - s * y;
    target[right] = s * x + c * y;
  };
  for (let k = 0; k < size; k += 1) turn(matrix, k * size + p, k * size + q);
  for (let k = 0; k < size; k += 1) turn(matrix, p * size + k, q * size + k);
  for (let k = 0; k < size; k += 1) turn(vectors, k * size + p, k * size + q);
}
