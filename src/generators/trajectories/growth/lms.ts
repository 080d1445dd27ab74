/** Parameters of a reference distribution at one age: power, median and coefficient of variation. */
export interface Lms {
  readonly l: number;
  readonly m: number;
  readonly s: number;
}

/** The measurement with a z-score: Cole and Green, Statistics in Medicine 11, 1992. */
export function valueAtZ({ l, m, s }: Lms, z: number): number {
  return l === 0 ? m * Math.exp(s * z) : m * Math.pow(1 + l * s * z, 1 / l);
}

/** The z-score of a measurement above zero; the inverse of `valueAtZ`. */
export function zOfValue({ l, m, s }: Lms, value: number): number {
  return l === 0 ? Math.log(value / m) / s : (Math.pow(value / m, l) - 1) / (l * s);
}
