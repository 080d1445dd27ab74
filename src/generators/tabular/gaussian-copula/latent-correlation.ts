import type { SquareMatrix } from '../../../core/linear-algebra/cholesky.js';

/** Correlations beyond are not told apart from ties. */
const correlationMax = 0.995;
const halvings = 40;

export interface ScoredColumn {
  /** NaN where missing. */
  readonly scores: Float64Array;
  /** @see tieCoefficients */
  readonly coefficients: Float64Array;
}

/**
 * Correlation of the latent normals: Pearson's of the scores over the rows that have both, and then that correlation
 * of two normals which gives it once they are tied as the columns are (Mehler's expansion). Zero where fewer than
 * `rowsMin` rows have both or one of them does not vary.
 */
export function latentCorrelation(columns: readonly ScoredColumn[], rowsMin: number): SquareMatrix {
  const size = columns.length;
  const values = new Float64Array(size * size);
  columns.forEach((left, row) => {
    values[row * size + row] = 1;
    columns.slice(0, row).forEach((right, column) => {
      const found = untied(pearson(left.scores, right.scores, rowsMin), left, right);
      values[row * size + column] = found;
      values[column * size + row] = found;
    });
  });
  return { size, values };
}

/** Pearson's correlation over the places where neither is NaN; 0 when it cannot be computed. */
function pearson(left: Float64Array, right: Float64Array, rowsMin = 2): number {
  let [n, sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < left.length; row += 1) {
    const x = left[row] ?? NaN;
    const y = right[row] ?? NaN;
    const sum = x + y;
    if (sum !== sum) continue;
    n += 1;
    sx += x;
    sy += y;
    sxx += x * x;
    syy += y * y;
    sxy += x * y;
  }
  const [vx, vy] = [n * sxx - sx * sx, n * syy - sy * sy];
  if (n < rowsMin || vx <= 1e-12 * n * n || vy <= 1e-12 * n * n) return 0;
  return Math.max(-1, Math.min(1, (n * sxy - sx * sy) / Math.sqrt(vx * vy)));
}

function untied(correlation: number, left: ScoredColumn, right: ScoredColumn): number {
  const products = left.coefficients.map((a, n) => a * (right.coefficients[n] ?? 0));
  const norm = Math.sqrt(squares(left.coefficients) * squares(right.coefficients));
  if (norm === 0) return 0;
  const isTied = products[0] !== 1;
  if (!isTied) return correlation;
  const seen = (rho: number): number =>
    products.reduceRight((sum, product) => (sum + product) * rho, 0) / norm;
  const sign = Math.sign(correlation);
  let [low, high] = [0, correlationMax];
  for (let halving = 0; halving < halvings; halving += 1) {
    const middle = (low + high) / 2;
    if (sign * seen(sign * middle) < Math.abs(correlation)) low = middle;
    else high = middle;
  }
  return sign * low;
}

function squares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
