import { logGamma } from '../distributions/log-gamma.js';

/** Gaussian noise on a sum over subjects each of whom is in the sample with the same probability, by itself. */
export interface SampledGaussian {
  /** Probability with which a subject is in the sample of a step, in (0, 1]. */
  readonly rate: number;
  /** Standard deviation of the noise, in units of what one subject moves the sum by at most. */
  readonly multiplier: number;
}

/**
 * Renyi differential privacy of one step at a whole order of 2 or more, for adding or removing a subject: Mironov,
 * Talwar, Zhang 2019, "Renyi differential privacy of the sampled Gaussian mechanism", section 3.3. It holds for
 * discrete Gaussian noise on whole sums as well, whose moments are those of the continuous law at whole distances.
 */
export function renyiOfStep({ rate, multiplier }: SampledGaussian, order: number): number {
  if (!(rate > 0 && rate <= 1)) throw new RangeError(`${rate} is not a rate above 0 and at most 1.`);
  if (!(multiplier > 0)) throw new RangeError(`${multiplier} is not a noise multiplier above 0.`);
  if (!(Number.isInteger(order) && order >= 2)) throw new RangeError(`${order} is not a whole order from 2.`);
  if (rate === 1) return order / (2 * multiplier ** 2);
  const logs = Array.from({ length: order + 1 }, (_, taken) => {
    const ways = logGamma(order + 1) - logGamma(taken + 1) - logGamma(order - taken + 1);
    const chance = taken * Math.log(rate) + (order - taken) * Math.log1p(-rate);
    return ways + chance + (taken * (taken - 1)) / (2 * multiplier ** 2);
  });
  const greatest = Math.max(...logs);
  const sum = logs.reduce((total, log) => total + Math.exp(log - greatest), 0);
  return Math.max(0, greatest + Math.log(sum)) / (order - 1);
}

/** Many steps, and up to which order their cost is linear in it. */
export interface SampledSteps {
  readonly rate: number;
  readonly steps: number;
  readonly ordersMax: number;
}

/**
 * The smallest rho for which the steps together cost at most rho times the order, at whole orders from 2 to
 * `ordersMax`: truncated concentrated differential privacy (Bun, Dwork, Rothblum, Steinke, STOC 2018), whose rho adds up
 * with that of zCDP.
 */
export function rhoOfSteps({ rate, steps, ordersMax }: SampledSteps, multiplier: number): number {
  let rho = 0;
  for (let order = 2; order <= ordersMax; order += 1)
    rho = Math.max(rho, (steps * renyiOfStep({ rate, multiplier }, order)) / order);
  return rho;
}

/** Halvings of a range. */
const halvings = 60;
const multiplierMost = 1e6;

/** The smallest noise multiplier whose steps cost at most `rho`, a little rounded up. */
export function multiplierFor(given: SampledSteps, rho: number): number {
  let [low, high] = [0, 1];
  while (rhoOfSteps(given, high) > rho && high < multiplierMost) [low, high] = [high, 2 * high];
  for (let step = 0; step < halvings && high - low > 1e-9 * high; step += 1) {
    const middle = (low + high) / 2;
    if (rhoOfSteps(given, middle) > rho) low = middle;
    else high = middle;
  }
  return high;
}

/** The smallest epsilon at delta, of what costs rho times the order up to `ordersMax`, at whole orders alone. */
export function epsilonAtOrders(
  rho: number,
  { delta, ordersMax }: { readonly delta: number; readonly ordersMax: number },
): number {
  let best = Infinity;
  for (let order = 2; order <= ordersMax; order += 1) {
    const tail = (order * Math.log1p(-1 / order) - Math.log(delta * (order - 1))) / (order - 1);
    best = Math.min(best, Math.max(0, order * rho + tail));
  }
  return best;
}

/** The order at which rho gives its smallest epsilon at delta, rounded up; between 2 and 2,000. */
export function bestOrder({ rho, delta }: { readonly rho: number; readonly delta: number }): number {
  return Math.min(2000, Math.max(2, Math.ceil(1 + Math.sqrt(Math.log(1 / delta) / rho))));
}
