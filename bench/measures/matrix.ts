/** Columns of numbers, and of categories as numbers that mean the same in every table; NaN where missing. */
export type Matrix = readonly Float64Array[];

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
