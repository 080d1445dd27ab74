import type { Random } from '../../../core/random/random.js';

/** Row-major. */
export interface Points {
  readonly rows: number;
  readonly width: number;
  readonly values: Float64Array;
}

/** Turns rows of the fitted width into their coordinates on the components, each of variance 1 in the fitted rows. */
export type Projection = (points: Points) => Points;

const iterations = 30;

/**
 * The directions of the largest variance, by orthogonal iteration: multiply by the covariance, orthogonalise, repeat.
 * Directions of no variance are left out, so there may be fewer than `count`.
 */
export function principalComponents(points: Points, count: number, random: Random): Projection {
  const { rows, width, values } = points;
  const centre = Float64Array.from({ length: width }, (_, at) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += values[row * width + at] ?? 0;
    return sum / rows;
  });
  const wanted = Math.min(count, width);
  let basis: Float64Array[] = Array.from({ length: wanted }, (_, at) =>
    Float64Array.from({ length: width }, (__, place) => random.uniformAt(place, at) - 0.5),
  );
  let variances: number[] = [];
  for (let step = 0; step < iterations; step++) {
    basis = basis.map((direction) => timesCovariance(points, centre, direction));
    variances = orthonormalise(basis);
  }
  const kept = basis.flatMap((direction, at) => {
    const variance = variances[at] ?? 0;
    return variance > 1e-9 ? [direction.map((value) => value / Math.sqrt(variance))] : [];
  });
  return (given) => project(given, centre, kept);
}

function timesCovariance(
  { rows, width, values }: Points,
  centre: Float64Array,
  direction: Float64Array,
): Float64Array {
  const result = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    let along = 0;
    for (let at = 0; at < width; at++)
      along += ((values[row * width + at] ?? 0) - (centre[at] ?? 0)) * (direction[at] ?? 0);
    for (let at = 0; at < width; at++)
      result[at] = (result[at] ?? 0) + (along * ((values[row * width + at] ?? 0) - (centre[at] ?? 0))) / rows;
  }
  return result;
}

/** Gram and Schmidt, in place; answers the lengths before scaling: the variances once the directions have settled. */
function orthonormalise(basis: readonly Float64Array[]): number[] {
  return basis.map((direction, at) => {
    for (const earlier of basis.slice(0, at)) {
      const along = dot(direction, earlier);
      for (let place = 0; place < direction.length; place++)
        direction[place] = (direction[place] ?? 0) - along * (earlier[place] ?? 0);
    }
    const length = Math.sqrt(dot(direction, direction));
    if (length > 0)
      for (let place = 0; place < direction.length; place++)
        direction[place] = (direction[place] ?? 0) / length;
    return length;
  });
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < left.length; at++) sum += (left[at] ?? 0) * (right[at] ?? 0);
  return sum;
}

function project(
  { rows, width, values }: Points,
  centre: Float64Array,
  kept: readonly Float64Array[],
): Points {
  const projected = new Float64Array(rows * kept.length);
  for (let row = 0; row < rows; row++) {
    const shifted = values
      .slice(row * width, (row + 1) * width)
      .map((value, at) => value - (centre[at] ?? 0));
    kept.forEach((direction, at) => (projected[row * kept.length + at] = dot(shifted, direction)));
  }
  return { rows, width: kept.length, values: projected };
}
