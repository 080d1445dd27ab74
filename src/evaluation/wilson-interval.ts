import type { ScoreInterval } from './score.js';

const level = 0.95;
/** Quantile of the standard normal distribution at (1 + level) / 2. */
const z = 1.959963984540054;

/** Wilson's 95 % interval of a share. */
export function wilsonInterval(successes: number, trials: number): ScoreInterval {
  const centre = (successes + (z * z) / 2) / (trials + z * z);
  const half = (z / (trials + z * z)) * Math.sqrt((successes * (trials - successes)) / trials + (z * z) / 4);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half), level };
}
