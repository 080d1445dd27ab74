import { cholesky } from './cholesky.js';
import type { SquareMatrix } from './cholesky.js';
import { symmetricEigen } from './symmetric-eigen.js';

const eigenvalueMin = 1e-6;
const roundsMax = 10;

/**
 * A correlation matrix that has a Cholesky factor: eigenvalues below a floor are raised to it and the diagonal is made
 * one again, until all are above it. A matrix that needs no repair comes back as it is.
 */
export function repairCorrelation(matrix: SquareMatrix): SquareMatrix {
  let current = matrix;
  for (let round = 0; round < roundsMax; round += 1) {
    if (cholesky(current)) return current;
    current = withRaisedEigenvalues(current);
  }
  // Towards independence, which always has a factor.
  const { size, values } = current;
  return {
    size,
    values: values.map((value, at) => (Math.floor(at / size) === at % size ? 1 : 0.999 * value)),
  };
}

function withRaisedEigenvalues(matrix: SquareMatrix): SquareMatrix {
  const { size } = matrix;
  const { values, vectors } = symmetricEigen(matrix);
  const raised = values.map((value) => Math.max(value, eigenvalueMin));
  const rebuilt = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1) {
      let sum = 0;
      for (let k = 0; k < size; k += 1)
        sum += (vectors[row * size + k] ?? 0) * (raised[k] ?? 0) * (vectors[column * size + k] ?? 0);
      rebuilt[row * size + column] = sum;
    }
  const scales = Float64Array.from({ length: size }, (_, at) => 1 / Math.sqrt(rebuilt[at * size + at] ?? 1));
  const unit = rebuilt.map((value, at) => {
    const [row, column] = [Math.floor(at / size), at % size];
    return row === column ? 1 : value * (scales[row] ?? 0) * (scales[column] ?? 0);
  });
  return { size, values: unit };
}
