/** A symmetric matrix or a lower triangle, row by row, `size` numbers a row. */
export interface SquareMatrix {
  readonly size: number;
  readonly values: Float64Array;
}

/** The lower triangle L with L L^T = matrix; null unless every pivot is above `pivotMin`. */
export function cholesky({ size, values }: SquareMatrix, pivotMin = 1e-10): SquareMatrix | null {
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = values[row * size + column] ?? 0;
      for (let k = 0; k < column; k += 1)
        sum -= (lower[row * size + k] ?? 0) * (lower[column * size + k] ?? 0);
      if (row === column) {
        if (!(sum > pivotMin)) return null;
        lower[row * size + row] = Math.sqrt(sum);
      } else lower[row * size + column] = sum / (lower[column * size + column] ?? 1);
    }
  }
  return { size, values: lower };
}

/** The matrix with its rows and columns in another order. */
export function permuted({ size, values }: SquareMatrix, order: readonly number[]): SquareMatrix {
  const moved = new Float64Array(size * size);
  order.forEach((from, row) => {
    order.forEach((other, column) => (moved[row * size + column] = values[from * size + other] ?? 0));
  });
  return { size, values: moved };
}
