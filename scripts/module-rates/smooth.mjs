import { ages, agesOf } from './ages.mjs';

/** Slopes of a monotone cubic through the knots (Fritsch and Carlson 1980, harmonic mean of the neighbours). */
function slopesOf(x, y) {
  const secant = x.slice(1).map((at, i) => (y[i + 1] - y[i]) / (at - x[i]));
  return x.map((_, i) => {
    const before = secant[i - 1];
    const after = secant[i];
    if (before === undefined || after === undefined) return 0;
    return before * after <= 0 ? 0 : (2 * before * after) / (before + after);
  });
}

/** Value of the monotone cubic through (x, y) at `at`; constant outside of the knots. */
function interpolate(x, y, slopes, at) {
  if (at <= x[0]) return y[0];
  const last = x.length - 1;
  if (at >= x[last]) return y[last];
  const i = x.findIndex((knot) => knot > at) - 1;
  const width = x[i + 1] - x[i];
  const t = (at - x[i]) / width;
  return (
    (1 + 2 * t) * (1 - t) ** 2 * y[i] +
    t * (1 - t) ** 2 * width * slopes[i] +
    t * t * (3 - 2 * t) * y[i + 1] +
    t * t * (t - 1) * width * slopes[i + 1]
  );
}

/** Where a band has its knot: the middle of what of it lies behind the start. */
const middle = ({ low, high }, start) => (high > 100 ? low + 4 : (Math.max(low, start) + high + 1) / 2);

/**
 * A smooth curve over exact ages whose mean in every band, weighted by `weights` (persons by completed year), is the
 * band's value. Bands of value 0 stay 0; `start` is an age at which the curve is 0.
 * @returns values at exact ages 0, 1, ... agesMax + 1
 */
export function smoothBands(bands, weights, start) {
  const positive = bands.filter(({ value }) => value > 0);
  if (positive.length === 0) return [...ages, ages.length].map(() => 0);
  const knots = positive.map(({ value }) => value);
  const curve = () => {
    const origin = start === undefined ? [] : [start];
    const x = [...origin, ...positive.map((band) => middle(band, start ?? 0))];
    const y = [...origin.map(() => 0), ...knots];
    const slopes = slopesOf(x, y);
    return [...ages, ages.length].map((at) => Math.max(0, interpolate(x, y, slopes, at)));
  };
  for (let round = 0; round < 60; round += 1) {
    const values = curve();
    positive.forEach((band, i) => {
      const inside = agesOf(band);
      const total = inside.reduce((sum, age) => sum + weights[age], 0);
      const mean =
        inside.reduce((sum, age) => sum + (weights[age] * (values[age] + values[age + 1])) / 2, 0) / total;
      if (mean > 0) knots[i] *= (band.value / mean) ** 0.7;
    });
  }
  return curve();
}

/** Means over each year of age of a curve over exact ages. */
export const yearMeans = (curve) => ages.map((age) => (curve[age] + curve[age + 1]) / 2);
