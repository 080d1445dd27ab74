import { normalCdf, normalQuantile } from '../../../core/distributions/normal.js';
import { quantileCuts } from '../../../core/trees/quantile-cuts.js';
import type { TailBounds } from '../guards/tail-bounds.js';

/** The law of a whole column as a curve: at `knots[i]` a share of `levels[i]` of the rows lies below. */
export interface ScoreScale {
  /** Strictly ascending, two or more unless all values are the same. */
  readonly knots: Float64Array;
  /** From 0 to 1, ascending. */
  readonly levels: Float64Array;
}

const knotsMax = 64;
/** Rows between two knots. */
const knotRows = 10;
/** Scores beyond are not told apart. */
const scoreMax = 4;

/** @param sorted values between the bounds, ascending */
export function scoreScale(sorted: Float64Array, { low, high }: TailBounds): ScoreScale {
  if (!(low < high)) return { knots: Float64Array.of(low), levels: Float64Array.of(1) };
  const cuts = quantileCuts(sorted, Math.max(1, Math.min(knotsMax, Math.floor(sorted.length / knotRows))));
  const inside = cuts.filter((cut) => cut > low && cut < high);
  const below = inside.map((cut) => sorted.findIndex((value) => value >= cut) / sorted.length);
  return { knots: Float64Array.of(low, ...inside, high), levels: Float64Array.of(0, ...below, 1) };
}

/** The normal score of a value: what a standard normal has at the same level. */
export function scoreOf({ knots, levels }: ScoreScale, value: number): number {
  const level = interpolate(knots, levels, value);
  return Math.min(scoreMax, Math.max(-scoreMax, normalQuantile(Math.min(1 - 1e-9, Math.max(1e-9, level)))));
}

export function valueOfScore({ knots, levels }: ScoreScale, score: number): number {
  if (score <= -scoreMax) return knots[0] ?? 0;
  if (score >= scoreMax) return knots.at(-1) ?? 0;
  return interpolate(levels, knots, normalCdf(score));
}

function interpolate(from: Float64Array, to: Float64Array, value: number): number {
  const last = from.length - 1;
  if (value <= (from[0] ?? 0)) return to[0] ?? 0;
  if (value >= (from[last] ?? 0)) return to[last] ?? 0;
  const at = Math.max(
    1,
    from.findIndex((knot) => knot > value),
  );
  const [left, right] = [from[at - 1] ?? 0, from[at] ?? 0];
  const [low, high] = [to[at - 1] ?? 0, to[at] ?? 0];
  return low + ((high - low) * (value - left)) / (right - left);
}
