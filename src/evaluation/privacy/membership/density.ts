import type { Points } from './principal-components.js';

/**
 * Log density, up to a constant, of each query under Gaussian kernels on the points, of Scott's width n^(-1/(d+4)).
 * `isSameTable`: a query is a point itself and its own kernel is left out.
 */
export function logDensities(queries: Points, points: Points, isSameTable: boolean): Float64Array {
  const { width } = queries;
  const bandwidth = points.rows ** (-1 / (width + 4));
  const scale = -0.5 / bandwidth ** 2;
  return Float64Array.from({ length: queries.rows }, (_, query) => {
    const exponents = new Float64Array(points.rows);
    let most = -Infinity;
    for (let point = 0; point < points.rows; point++) {
      const exponent =
        isSameTable && point === query ? -Infinity : scale * squared(queries, query, points, point);
      exponents[point] = exponent;
      if (exponent > most) most = exponent;
    }
    let sum = 0;
    for (const exponent of exponents) sum += Math.exp(exponent - most);
    return most + Math.log(sum / points.rows) - width * Math.log(bandwidth);
  });
}

function squared(
  { width, values }: Points,
  query: number,
  { values: others }: Points,
  point: number,
): number {
  let sum = 0;
  for (let at = 0; at < width; at++)
    sum += ((values[query * width + at] ?? 0) - (others[point * width + at] ?? 0)) ** 2;
  return sum;
}
