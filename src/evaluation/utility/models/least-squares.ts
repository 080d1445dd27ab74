import { cholesky, solveFactored } from '../../fidelity/linear/cholesky.js';

export interface LeastSquares {
  /** The intercept's, then one a feature. */
  readonly coefficients: Float64Array;
}

/** Linear regression with an intercept; `ridge` is the penalty on the squares of the other coefficients, above 0. */
export function fitLeastSquares(
  features: readonly Float64Array[],
  values: Float64Array,
  ridge: number,
): LeastSquares {
  const columns = [new Float64Array(values.length).fill(1), ...features];
  const size = columns.length;
  const cells = new Float64Array(size * size);
  const products = new Float64Array(size);
  columns.forEach((column, row) => {
    products[row] = dot(column, values);
    for (let other = 0; other <= row; other += 1) {
      const product = dot(column, columns[other] ?? values) + (other === row && row > 0 ? ridge : 0);
      cells[row * size + other] = product;
      cells[other * size + row] = product;
    }
  });
  const factor = cholesky({ size, cells });
  return { coefficients: factor ? solveFactored(factor, products) : new Float64Array(size) };
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < left.length; at += 1) sum += (left[at] ?? 0) * (right[at] ?? 0);
  return sum;
}
