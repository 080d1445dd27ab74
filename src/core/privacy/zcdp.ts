/**
 * Zero-concentrated differential privacy and (epsilon, delta): Bun and Steinke, TCC 2016, with the tight conversion of
 * Canonne, Kamath, Steinke (NeurIPS 2020, corollary 13). rho adds up over mechanisms on the same subjects.
 */
/** Halvings of a range: more than the digits of a double. */
const steps = 100;

/**
 * The smallest delta for which rho-zCDP is known to give (epsilon, delta)-DP, from 0 to 1: the minimum over alpha > 1
 * of exp((alpha - 1)(alpha rho - epsilon) + alpha ln(1 - 1/alpha)) / (alpha - 1).
 */
export function deltaOf({ rho, epsilon }: { rho: number; epsilon: number }): number {
  requireAmount('rho', rho);
  requireAmount('epsilon', epsilon);
  if (rho === 0) return 0;
  // The derivative in alpha rises through 0 at the minimum.
  let [low, high] = [1.01, (epsilon + 1) / (2 * rho) + 2];
  let alpha = (low + high) / 2;
  for (let step = 0; step < steps; step += 1) {
    alpha = (low + high) / 2;
    if ((2 * alpha - 1) * rho - epsilon + Math.log1p(-1 / alpha) < 0) low = alpha;
    else high = alpha;
  }
  const exponent = (alpha - 1) * (alpha * rho - epsilon) + alpha * Math.log1p(-1 / alpha);
  return Math.min(1, Math.exp(exponent) / (alpha - 1));
}

/** The smallest epsilon that rho-zCDP gives at this delta (from 0 to 1; no epsilon does at 0 unless rho is 0). */
export function epsilonOf({ rho, delta }: { rho: number; delta: number }): number {
  requireDelta(delta);
  requireAmount('rho', rho);
  if (rho === 0 || delta >= 1) return 0;
  if (delta === 0) return Infinity;
  const isEnough = (epsilon: number): boolean => deltaOf({ rho, epsilon }) <= delta;
  return bisect(0, rho + 2 * Math.sqrt(rho * Math.log(1 / delta)), isEnough).high;
}

/** The largest rho that keeps within (epsilon, delta). A budget is to be rounded down once more when it is spent. */
export function rhoOf({ epsilon, delta }: { epsilon: number; delta: number }): number {
  requireDelta(delta);
  requireAmount('epsilon', epsilon);
  // Pure DP gives rho = epsilon^2 / 2, but no rho above 0 gives pure DP back.
  if (delta === 0) return 0;
  const isTooMuch = (rho: number): boolean => deltaOf({ rho, epsilon }) > delta;
  return bisect(0, epsilon + 1, isTooMuch).low;
}

/** The classic conversion, delta = exp(-(epsilon - rho)^2 / (4 rho)); looser, and the one of most papers. */
export function classicDeltaOf({ rho, epsilon }: { rho: number; epsilon: number }): number {
  requireAmount('rho', rho);
  requireAmount('epsilon', epsilon);
  if (rho === 0) return 0;
  return epsilon <= rho ? 1 : Math.exp(-((epsilon - rho) ** 2) / (4 * rho));
}

/** The border at which `holds`, false below and true above, changes. */
function bisect(from: number, to: number, holds: (at: number) => boolean): { low: number; high: number } {
  let [low, high] = [from, to];
  for (let step = 0; step < steps; step += 1) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return { low, high };
}

function requireAmount(name: string, value: number): void {
  if (!(value >= 0 && Number.isFinite(value)))
    throw new RangeError(`${value} is not a ${name}: 0 or more, and finite.`);
}

function requireDelta(delta: number): void {
  if (!(delta >= 0 && delta <= 1)) throw new RangeError(`${delta} is not a delta from 0 to 1.`);
}
