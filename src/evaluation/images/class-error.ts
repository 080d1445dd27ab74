import { cholesky } from '../../core/linear-algebra/cholesky.js';
import { embeddingSize } from './embed-images.js';

/** Features of pictures and what they show. */
export interface Labelled {
  /** rows × `embeddingSize`. */
  readonly features: Float64Array;
  readonly labels: readonly string[];
}

const ridge = 1e-3;
const width = embeddingSize + 1;

/**
 * The share of wrong labels of a linear classifier: ridge regression on one indicator for each label, the greatest wins
 * (Hastie et al. 2009, "The elements of statistical learning", 4.2).
 */
export function classError(learned: Labelled, tested: Labelled): number {
  const names = [...new Set(learned.labels)].sort();
  const scores = weightsOf(learned, names);
  const wrong = tested.labels.filter((label, row) => {
    const x = rowOf(tested.features, row);
    const sums = scores.map((weights) => weights.reduce((sum, weight, at) => sum + weight * (x[at] ?? 0), 0));
    return names[sums.indexOf(Math.max(...sums))] !== label;
  });
  return wrong.length / tested.labels.length;
}

const rowOf = (features: Float64Array, row: number): Float64Array =>
  Float64Array.from([1, ...features.subarray(row * embeddingSize, (row + 1) * embeddingSize)]);

function weightsOf({ features, labels }: Labelled, names: readonly string[]): Float64Array[] {
  const values = new Float64Array(width * width);
  const wanted = names.map(() => new Float64Array(width));
  for (const [row, label] of labels.entries()) {
    const x = rowOf(features, row);
    const target = wanted[names.indexOf(label)];
    for (let i = 0; i < width; i += 1) {
      if (target) target[i] = (target[i] ?? 0) + (x[i] ?? 0);
      for (let j = 0; j < width; j += 1)
        values[i * width + j] = (values[i * width + j] ?? 0) + (x[i] ?? 0) * (x[j] ?? 0);
    }
  }
  for (let at = 0; at < width; at += 1)
    values[at * width + at] = (values[at * width + at] ?? 0) + ridge * Math.max(1, labels.length);
  const lower = cholesky({ size: width, values });
  return wanted.map((target) => (lower ? solve(lower.values, target) : target));
}

/** x with L L^T x = target. */
function solve(lower: Float64Array, target: Float64Array): Float64Array {
  const x = target.slice();
  for (let i = 0; i < width; i += 1) {
    for (let k = 0; k < i; k += 1) x[i] = (x[i] ?? 0) - (lower[i * width + k] ?? 0) * (x[k] ?? 0);
    x[i] = (x[i] ?? 0) / (lower[i * width + i] ?? 1);
  }
  for (let i = width - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < width; k += 1) x[i] = (x[i] ?? 0) - (lower[k * width + i] ?? 0) * (x[k] ?? 0);
    x[i] = (x[i] ?? 0) / (lower[i * width + i] ?? 1);
  }
  return x;
}
