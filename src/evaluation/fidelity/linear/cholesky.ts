/** A square matrix, row by row. */
export interface SquareMatrix {
  readonly size: number;
  readonly cells: Float64Array;
}

/** The lower factor L of a symmetric matrix L L'; null when it is not positive definite. */
export function cholesky({ size, cells }: SquareMatrix): SquareMatrix | null {
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = cells[row * size + column] ?? 0;
      for (let at = 0; at < column; at += 1)
        sum -= (factor[row * size + at] ?? 0) * (factor[column * size + at] ?? 0);
      if (row === column) {
        if (!(sum > 0)) return null;
        factor[row * size + row] = Math.sqrt(sum);
      } else factor[row * size + column] = sum / (factor[column * size + column] ?? 1);
    }
  }
  return { size, cells: factor };
}

/** Logarithm of the determinant of the matrix that was factored. */
export function logDeterminant({ size, cells }: SquareMatrix): number {
  let sum = 0;
  for (let row = 0; row < size; row += 1) sum += 2 * Math.log(cells[row * size + row] ?? NaN);
  return sum;
}

/** x of (L L') x = right. */
export function solveFactored({ size, cells }: SquareMatrix, right: Float64Array): Float64Array {
  const solution = right.slice();
  for (let row = 0; row < size; row += 1) {
    let sum = solution[row] ?? 0;
    for (let at = 0; at < row; at += 1) sum -= (cells[row * size + at] ?? 0) * (solution[at] ?? 0);
    solution[row] = sum / (cells[row * size + row] ?? 1);
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = solution[row] ?? 0;
    for (let at = row + 1; at < size; at += 1) sum -= (cells[at * size + row] ?? 0) * (solution[at] ?? 0);
    solution[row] = sum / (cells[row * size + row] ?? 1);
  }
  return solution;
}
