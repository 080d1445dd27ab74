import { normalCdf, normalQuantile } from '../../../core/distributions/normal.js';
import type { GrowthCharts, Sex } from './growth-charts.js';
import { valueAtZ, zOfValue } from './lms.js';

const z95 = normalQuantile(0.95);
/** Percentiles that are printed as 100 % have no z-score. */
const percentileMost = 0.999999;

/**
 * Spread of BMI above the 95th percentile: CDC extended BMI-for-age charts (Wei et al., Annals of Human Biology 47,
 * 2020; NCHS Vital and Health Statistics 2-197, 2022).
 * @param years age, from 2 to 20
 */
function extendedSigma(sex: Sex, years: number): number {
  return sex === 'M'
    ? 0.3728 + 0.5196 * years - 0.0091 * years * years
    : 0.8334 + 0.3712 * years - 0.0011 * years * years;
}

/** The z-score of a BMI at an age in months; above the 95th percentile by the half-normal tail of the extended charts. */
export function extendedZ(charts: GrowthCharts, sex: Sex, month: number, bmi: number): number {
  const lms = charts.at('bmi', sex, month);
  const z = zOfValue(lms, bmi);
  if (z < z95) return z;
  const above = (bmi - valueAtZ(lms, z95)) / extendedSigma(sex, month / 12);
  return normalQuantile(Math.min(percentileMost, 0.9 + 0.1 * normalCdf(above)));
}

/** The BMI with an extended z-score; the inverse of `extendedZ`. */
export function bmiAtExtendedZ(charts: GrowthCharts, sex: Sex, month: number, z: number): number {
  const lms = charts.at('bmi', sex, month);
  if (z < z95) return valueAtZ(lms, z);
  const percentile = Math.min(percentileMost, normalCdf(z));
  return valueAtZ(lms, z95) + normalQuantile((percentile - 0.9) * 10) * extendedSigma(sex, month / 12);
}
