/** The distributions that a numeric column can be given. */
export const distributionNames = [
  'empirical',
  'kde',
  'norm',
  'beta',
  'gamma',
  'truncnorm',
  'uniform',
] as const;
export type DistributionName = (typeof distributionNames)[number];

/** The quantile function of a numeric column as a line through knots, whatever the distribution. */
export interface NumberMarginal {
  readonly kind: 'numbers';
  readonly distribution: DistributionName;
  /** As SciPy names them; none where the knots are all there is. */
  readonly parameters: Readonly<Record<string, number>>;
  /** From 0 to 1, never falling. */
  readonly probabilities: Float64Array;
  /** Never falling. Two knots of the same value are a value that many rows have. */
  readonly values: Float64Array;
}

/** Each category has the stretch of (0, 1) that its share of the rows takes, in the given order. */
export interface CategoryMarginal {
  readonly kind: 'categories';
  /** Codes in the order of their stretches. */
  readonly order: Int32Array;
  /** Upper end of each stretch; the last is 1. */
  readonly cumulative: Float64Array;
}

/** A column, or the pattern of what is missing, without a value in these rows. */
export interface NoMarginal {
  readonly kind: 'none';
}

export type Marginal = NumberMarginal | CategoryMarginal | NoMarginal;

/** A stretch of (0, 1). */
export interface Stretch {
  readonly low: number;
  readonly high: number;
}

/** The value at probability u. */
export function numberAt({ probabilities, values }: NumberMarginal, u: number): number {
  const above = firstAbove(probabilities, u);
  if (above === 0) return values[0] ?? NaN;
  if (above === probabilities.length) return values[above - 1] ?? NaN;
  const [p0 = 0, p1 = 0] = [probabilities[above - 1], probabilities[above]];
  const [x0 = 0, x1 = 0] = [values[above - 1], values[above]];
  return p1 > p0 ? x0 + ((u - p0) / (p1 - p0)) * (x1 - x0) : x1;
}

/** P(X < x) and P(X <= x): the same but for a value that many rows have. */
export function stretchOfNumber({ probabilities, values }: NumberMarginal, x: number): Stretch {
  return {
    low: probabilityAt(probabilities, values, { x, place: firstAtLeast(values, x) }),
    high: probabilityAt(probabilities, values, { x, place: firstAbove(values, x) }),
  };
}

function probabilityAt(
  probabilities: Float64Array,
  values: Float64Array,
  { x, place }: { x: number; place: number },
): number {
  if (place === 0) return 0;
  if (place === values.length) return 1;
  const [x0 = 0, x1 = 0] = [values[place - 1], values[place]];
  const [p0 = 0, p1 = 0] = [probabilities[place - 1], probabilities[place]];
  return x1 > x0 ? p0 + ((x - x0) / (x1 - x0)) * (p1 - p0) : p0;
}

/** The code whose stretch holds u. */
export function categoryAt({ order, cumulative }: CategoryMarginal, u: number): number {
  return order[Math.min(firstAbove(cumulative, u), order.length - 1)] ?? 0;
}

/** Empty when the code has no stretch. */
export function stretchOfCode({ order, cumulative }: CategoryMarginal, code: number): Stretch {
  const place = order.indexOf(code);
  if (place < 0) return { low: 1, high: 1 };
  return { low: place === 0 ? 0 : (cumulative[place - 1] ?? 0), high: cumulative[place] ?? 1 };
}

/** The first place of an ascending array whose number is greater; its length when there is none. */
function firstAbove(ascending: Float64Array, x: number): number {
  return firstPlace(ascending, (value) => value > x);
}

function firstAtLeast(ascending: Float64Array, x: number): number {
  return firstPlace(ascending, (value) => value >= x);
}

function firstPlace(ascending: Float64Array, isThere: (value: number) => boolean): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isThere(ascending[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}
