export interface Trials {
  readonly trials: number;
  /** Of one trial, 0 to 1. */
  readonly probability: number;
}

/**
 * The smallest k with P(X > k) <= 0.001, where X counts the successes among independent trials.
 *
 * X is binomial. Its usual stand-in, the Poisson law of the same mean, has the larger variance np instead of
 * np(1 - p), so its bound lies higher: with few columns, where p nears 1, it passes the number of rows and even a
 * full copy of the source would stay under it. For small p the two agree.
 */
export function chanceBound({ trials, probability }: Trials): number {
  if (probability >= 1) return trials;
  if (!(probability > 0) || trials === 0) return 0;
  const mode = Math.min(trials, Math.floor((trials + 1) * probability));
  const odds = probability / (1 - probability);
  const terms = [Math.exp(logBinomialTerm({ trials, probability }, mode))];
  // Term by term upwards from the mode: P(k + 1) = P(k) (n - k) / (k + 1) p / (1 - p). What is left out is < 1e-12.
  for (let k = mode; k < trials; k++) {
    const next = (((terms.at(-1) ?? 0) * (trials - k)) / (k + 1)) * odds;
    if (next < 1e-18) break;
    terms.push(next);
  }
  let tail = 0;
  for (let step = terms.length - 1; step > 0; step--) {
    tail += terms[step] ?? 0;
    if (tail > 0.001) return mode + step;
  }
  return mode;
}

function logBinomialTerm({ trials, probability }: Trials, k: number): number {
  const choices = logFactorial(trials) - logFactorial(k) - logFactorial(trials - k);
  return choices + k * Math.log(probability) + (trials - k) * Math.log1p(-probability);
}

/** ln n!: a sum for small n, else Stirling's series; the next term is below 1e-12 for n >= 32. */
function logFactorial(n: number): number {
  if (n < 32) {
    let sum = 0;
    for (let factor = 2; factor <= n; factor++) sum += Math.log(factor);
    return sum;
  }
  const series = 1 / (12 * n) - 1 / (360 * n ** 3) + 1 / (1260 * n ** 5);
  return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + series;
}
