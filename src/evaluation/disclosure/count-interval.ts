/** Whole numbers between two bounds, both possible. */
export interface CountInterval {
  readonly atLeast: number;
  readonly atMost: number;
}

/** Every true count that is published as `value` when counts are rounded half up to multiples of `rounding`. */
export function roundedInterval(value: number, rounding: number): CountInterval {
  return {
    atLeast: Math.max(0, Math.ceil(value - rounding / 2)),
    atMost: Math.max(0, Math.ceil(value + rounding / 2) - 1),
  };
}

/** As tables are published. */
export function roundCount(count: number, rounding: number): number {
  return Math.round(count / rounding) * rounding;
}

/**
 * Every true count that a profile publishes as `value`: the inverse of `disclosedCount` (src/core/profile). Zero stands
 * for anything under the floor, and the first multiple also for what would have been rounded to zero.
 */
export function disclosedInterval(
  value: number,
  { cellCountMin, countRounding }: { readonly cellCountMin: number; readonly countRounding: number },
): CountInterval {
  if (value === 0) return { atLeast: 0, atMost: Math.max(0, cellCountMin - 1) };
  const { atLeast, atMost } = roundedInterval(value, countRounding);
  const lowest = value <= countRounding ? 1 : atLeast;
  // A figure under its own floor was not made by the profile builder; it is taken at its word.
  return { atLeast: atMost < cellCountMin ? lowest : Math.max(lowest, cellCountMin), atMost };
}
