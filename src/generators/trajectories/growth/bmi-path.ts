import { normalQuantile } from '../../../core/distributions/normal.js';
import { bmiAtExtendedZ, extendedZ } from './extended-bmi.js';
import type { GrowthCharts, Sex } from './growth-charts.js';

/** How the extended z-score of one year goes over into that of the next, for the ages of 3 to 20 years. */
const yearToYear: readonly (readonly [correlation: number, shift: number])[] = [
  ...([
    [0.773, 0.211],
    [0.836, 0.087],
    [0.866, 0.029],
    [0.889, 0.022],
    [0.907, 0.048],
  ] as const),
  ...([
    [0.925, 0.053],
    [0.936, 0.034],
    [0.944, 0.015],
    [0.947, 0.005],
    [0.946, 0.013],
  ] as const),
  ...([
    [0.944, 0.016],
    [0.945, 0.009],
    [0.945, 0.001],
    [0.947, -0.021],
    [0.946, -0.041],
  ] as const),
  ...([
    [0.944, -0.036],
    [0.935, -0.031],
    [0.945, -0.03],
  ] as const),
];

export interface BmiPath {
  /** Months of age of the first point; before it weight follows its own percentile. */
  readonly firstMonth: number;
  /** BMI in kg/m2 one year apart, from the first point until past the 20th birthday. */
  readonly points: readonly number[];
}

/**
 * A child's BMI from two to twenty: the start as it was observed, then each year's z-score drawn around that of the
 * year before (correlations of NHANES children as published with the Synthea(TM) data files, Apache-2.0).
 * @param uniforms one in (0, 1) for each of the 18 years
 */
export function bmiPath(
  charts: GrowthCharts,
  child: { readonly sex: Sex; readonly firstMonth: number; readonly firstBmi: number },
  uniforms: (year: number) => number,
): BmiPath {
  const points = [child.firstBmi];
  for (const [year, [correlation, shift]] of yearToYear.entries()) {
    const month = child.firstMonth + 12 * year;
    const z = extendedZ(charts, child.sex, month, points[year] ?? child.firstBmi);
    const noise = Math.sqrt(1 - correlation * correlation) * normalQuantile(uniforms(year));
    points.push(bmiAtExtendedZ(charts, child.sex, month + 12, correlation * z + shift + noise));
  }
  return { firstMonth: child.firstMonth, points };
}

/** BMI at an age in (fractions of) months, on the straight line between two points. */
export function bmiAt({ firstMonth, points }: BmiPath, month: number): number {
  const at = Math.max(0, Math.min((month - firstMonth) / 12, points.length - 1));
  const before = points[Math.floor(at)] ?? 0;
  const after = points[Math.ceil(at)] ?? before;
  return before + (after - before) * (at - Math.floor(at));
}
