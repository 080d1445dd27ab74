interface Counts {
  readonly successes: number;
  readonly trials: number;
}

/** Below the true probability but for the chance `tail` (Clopper and Pearson, 1934). */
export function probabilityAtLeast({ successes, trials }: Counts, tail: number): number {
  if (successes === 0) return 0;
  return solve((p) => upperTail(successes, trials, p) < tail);
}

/** Above the true probability but for the chance `tail`. */
export function probabilityAtMost({ successes, trials }: Counts, tail: number): number {
  return 1 - probabilityAtLeast({ successes: trials - successes, trials }, tail);
}

/** The largest p for which it holds; it holds for small p only. */
function solve(holds: (p: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** P(X >= k) of a binomial X; term by term from k upwards, in logarithms. */
function upperTail(k: number, trials: number, p: number): number {
  let log = k * Math.log(p) + (trials - k) * Math.log1p(-p);
  for (let step = 1; step <= k; step++) log += Math.log((trials - k + step) / step);
  let sum = 0;
  for (let x = k; x <= trials; x++) {
    const term = Math.exp(log);
    sum += term;
    if (x > trials * p && term < 1e-14 * sum) break;
    log += Math.log((trials - x) / (x + 1)) + Math.log(p) - Math.log1p(-p);
  }
  return Math.min(1, sum);
}
