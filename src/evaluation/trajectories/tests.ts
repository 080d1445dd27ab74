import { normalCdf, normalQuantile } from '../../core/distributions/normal.js';

export interface Share {
  readonly count: number;
  readonly of: number;
}

export interface ProportionTest {
  readonly left: number;
  readonly right: number;
  readonly z: number;
  readonly p: number;
  /** Two one-sided tests at 5 %: the shares differ by less than the margin. */
  readonly isEqual: boolean;
}

/** A tenth of the left share, and half a percentage point at least. */
const margin = { relative: 0.1, absolute: 0.005 } as const;
const z95 = normalQuantile(0.95);

/** The chance of a z at least as far from 0, without any difference. */
export function twoSided(z: number): number {
  return 2 * normalCdf(-Math.abs(z));
}

/** Two-proportion z-test (pooled), and the test of equivalence (Schuirmann 1987, two one-sided tests). */
export function compareShares(a: Share, b: Share): ProportionTest {
  const [left, right] = [a.of === 0 ? 0 : a.count / a.of, b.of === 0 ? 0 : b.count / b.of];
  const pooled = (a.count + b.count) / Math.max(1, a.of + b.of);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / Math.max(1, a.of) + 1 / Math.max(1, b.of)));
  const z = error > 0 ? (right - left) / error : 0;
  const unpooled = Math.sqrt(
    (left * (1 - left)) / Math.max(1, a.of) + (right * (1 - right)) / Math.max(1, b.of),
  );
  const most = Math.max(margin.relative * left, margin.absolute);
  const isEqual = Math.abs(right - left) + z95 * unpooled < most;
  return { left, right, z, p: twoSided(z), isEqual };
}

/** Numbers of events of the patients who have any, and how many patients there are. */
export interface Counts {
  readonly counts: Iterable<number>;
  readonly of: number;
}

/** z of two means per patient by their own variances (Welch): events of one patient come in bunches. */
export function compareMeans(
  a: Counts,
  b: Counts,
): { readonly left: number; readonly right: number; readonly z: number; readonly p: number } {
  const [left, right] = [momentsOf(a), momentsOf(b)];
  const error = Math.sqrt(left.variance / Math.max(1, a.of) + right.variance / Math.max(1, b.of));
  const z = error > 0 ? (right.mean - left.mean) / error : 0;
  return { left: left.mean, right: right.mean, z, p: twoSided(z) };
}

function momentsOf({ counts, of }: Counts): { mean: number; variance: number } {
  let [sum, squares] = [0, 0];
  for (const count of counts) {
    sum += count;
    squares += count * count;
  }
  const mean = sum / Math.max(1, of);
  return { mean, variance: Math.max(0, squares / Math.max(1, of) - mean * mean) };
}

/** Two-sample Kolmogorov-Smirnov statistic and its asymptotic p-value. */
export function compareSamples(
  left: readonly number[],
  right: readonly number[],
): { readonly d: number; readonly p: number } {
  const [a, b] = [left, right].map((values) => Float64Array.from(values).sort());
  if (a === undefined || b === undefined || a.length === 0 || b.length === 0) return { d: 0, p: 1 };
  let [i, j, d] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const next = Math.min(a[i] ?? 0, b[j] ?? 0);
    while (i < a.length && a[i] === next) i += 1;
    while (j < b.length && b[j] === next) j += 1;
    d = Math.max(d, Math.abs(i / a.length - j / b.length));
  }
  return { d, p: kolmogorov(d * Math.sqrt((a.length * b.length) / (a.length + b.length))) };
}

/** P(K > x) of the Kolmogorov distribution. */
function kolmogorov(x: number): number {
  if (x < 0.2) return 1;
  let sum = 0;
  for (let term = 1; term <= 100; term += 1)
    sum += (term % 2 === 1 ? 1 : -1) * Math.exp(-2 * term * term * x * x);
  return Math.max(0, Math.min(1, 2 * sum));
}

/** q-values by Benjamini and Hochberg 1995, in the order of the p-values. */
export function falseDiscoveryRates(ps: readonly number[]): readonly number[] {
  const order = ps.map((p, index) => ({ p, index })).sort((a, b) => b.p - a.p);
  const rates = new Array<number>(ps.length).fill(1);
  let least = 1;
  order.forEach(({ p, index }, place) => {
    least = Math.min(least, (p * ps.length) / (ps.length - place));
    rates[index] = least;
  });
  return rates;
}
