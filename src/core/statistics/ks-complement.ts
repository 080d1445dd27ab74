import { roundTo14 } from './round-to-14.js';

/**
 * One minus the Kolmogorov-Smirnov distance of two samples: 1 means equal distributions, 0 disjoint ones.
 * As SDMetrics 0.29 KSComplement: values rounded to 14 decimals, both empirical distribution functions
 * right-continuous. Takes non-missing values in any order; NaN if either sample is empty.
 */
export function ksComplement(real: Float64Array, synthetic: Float64Array): number {
  if (real.length === 0 || synthetic.length === 0) return NaN;
  const left = real.map(roundTo14).sort();
  const right = synthetic.map(roundTo14).sort();
  let distance = 0;
  let below = 0;
  let rightBelow = 0;
  while (below < left.length && rightBelow < right.length) {
    const value = Math.min(left[below] ?? Infinity, right[rightBelow] ?? Infinity);
    while (below < left.length && (left[below] ?? Infinity) <= value) below += 1;
    while (rightBelow < right.length && (right[rightBelow] ?? Infinity) <= value) rightBelow += 1;
    distance = Math.max(distance, Math.abs(below / left.length - rightBelow / right.length));
  }
  return 1 - distance;
}
