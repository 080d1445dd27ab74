import type { Feature } from '../encoding/features.js';

/** Both tables on the two directions in which the real table varies most. */
export interface ProjectedTables {
  readonly real: readonly [Float64Array, Float64Array];
  readonly synthetic: readonly [Float64Array, Float64Array];
  /** Share of each table's variance that lies along the two directions. */
  readonly realShare: readonly [number, number];
  readonly syntheticShare: readonly [number, number];
}

const iterations = 300;

/** Principal components fitted on the real table alone; the synthetic one is laid on the same two. Null under two features. */
export function projectBoth(features: readonly Feature[]): ProjectedTables | null {
  const [one, two] = features;
  if (!one || !two || one.real.length < 2 || one.synthetic.length < 1) return null;
  const means = features.map(({ real }) => real.reduce((sum, value) => sum + value, 0) / real.length);
  const covariance = covarianceOf(features, means);
  const first = leadingVector(covariance, null);
  const second = leadingVector(covariance, first);
  const project = (side: 'real' | 'synthetic', vector: Float64Array): Float64Array => {
    const scores = new Float64Array(one[side].length);
    features.forEach((feature, at) => {
      const [weight, mean] = [vector[at] ?? 0, means[at] ?? 0];
      const values = feature[side];
      for (let row = 0; row < scores.length; row += 1)
        scores[row] = (scores[row] ?? 0) + weight * ((values[row] ?? 0) - mean);
    });
    return scores;
  };
  const side = (
    which: 'real' | 'synthetic',
  ): { scores: readonly [Float64Array, Float64Array]; share: readonly [number, number] } => {
    const scores = [project(which, first), project(which, second)] as const;
    const total = features.reduce((sum, feature) => sum + varianceOf(feature[which]), 0);
    return { scores, share: [varianceOf(scores[0]) / total, varianceOf(scores[1]) / total] };
  };
  const [real, synthetic] = [side('real'), side('synthetic')];
  return {
    real: real.scores,
    synthetic: synthetic.scores,
    realShare: real.share,
    syntheticShare: synthetic.share,
  };
}

function covarianceOf(features: readonly Feature[], means: readonly number[]): Float64Array[] {
  const centred = features.map(({ real }, at) => real.map((value) => value - (means[at] ?? 0)));
  const matrix = features.map(() => new Float64Array(features.length));
  centred.forEach((left, row) => {
    for (let column = 0; column <= row; column += 1) {
      const right = centred[column] ?? left;
      let sum = 0;
      for (let at = 0; at < left.length; at += 1) sum += (left[at] ?? 0) * (right[at] ?? 0);
      const cell = sum / (left.length - 1);
      matrix[row]?.fill(cell, column, column + 1);
      matrix[column]?.fill(cell, row, row + 1);
    }
  });
  return matrix;
}

/** Power iteration, kept at right angles to `other`; its sign is that of its largest part. */
function leadingVector(matrix: readonly Float64Array[], other: Float64Array | null): Float64Array {
  let vector = Float64Array.from(matrix, (_, at) => 1 + ((at * 7919) % 13) / 13);
  for (let iteration = 0; iteration < iterations; iteration += 1) {
    const along = other ? dot(vector, other) : 0;
    const free = vector.map((part, at) => part - along * (other?.[at] ?? 0));
    const next = Float64Array.from(matrix, (row) => dot(row, free));
    const back = other ? dot(next, other) : 0;
    const kept = next.map((part, at) => part - back * (other?.[at] ?? 0));
    const length = Math.sqrt(dot(kept, kept));
    if (!(length > 1e-12)) break;
    vector = kept.map((part) => part / length);
  }
  const largest = vector.reduce((most, part) => (Math.abs(part) > Math.abs(most) ? part : most), 0);
  const length = Math.sqrt(dot(vector, vector)) * (largest < 0 ? -1 : 1);
  return vector.map((part) => part / length);
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < left.length; at += 1) sum += (left[at] ?? 0) * (right[at] ?? 0);
  return sum;
}

function varianceOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}
