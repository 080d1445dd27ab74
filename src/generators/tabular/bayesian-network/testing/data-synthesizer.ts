/**
 * By how much one row that is replaced by another moves the mutual information of a column and its parents in a table
 * of n rows, in nats: what DataSynthesizer 0.1.13 reckons with. Zhang et al., "PrivBayes", ACM TODS 42(4), 2017, lemma 1.
 * @param binary the column, or the parents together, have two values
 */
export function replacementSensitivity(n: number, binary: boolean): number {
  if (binary) return Math.log(n) / n + ((n - 1) / n) * Math.log(n / (n - 1));
  return (2 / n) * Math.log((n + 1) / 2) + ((n - 1) / n) * Math.log((n + 1) / (n - 1));
}

const standardDegree = 3;
/** Budget and usefulness that its degree is chosen for, whatever was asked. */
const fixed = { epsilon: 0.1, usefulness: 4 };

/**
 * The degree that DataSynthesizer 0.1.13 chooses: 3 where that is useful, else what a root finder comes to, which often
 * does not move from where it begins, at half of the columns.
 */
export function dataSynthesizerDegree(attributes: number, rows: number): number {
  const usefulness = (k: number): number =>
    k === attributes ? fixed.usefulness : (rows * fixed.epsilon) / ((attributes - k) * 2 ** (k + 3));
  if (usefulness(standardDegree) > fixed.usefulness) return standardDegree;
  const found = powellRoot((k) => usefulness(k) - fixed.usefulness, Math.floor(attributes / 2));
  const degree = found === null ? standardDegree : Math.ceil(found);
  return degree < 1 || degree > attributes ? standardDegree : degree;
}

const tolerance = 1.49012e-8;

function nextReach(
  delta: number,
  { ratio, size, count }: { ratio: number; size: number; count: { failures: number; successes: number } },
): number {
  const isPoor = ratio < 0.1;
  count.successes = isPoor ? 0 : count.successes + 1;
  count.failures = isPoor ? count.failures + 1 : 0;
  if (isPoor) return delta / 2;
  if (Math.abs(ratio - 1) <= 0.1) return 2 * size;
  return ratio >= 0.5 || count.successes > 1 ? Math.max(delta, 2 * size) : delta;
}

/**
 * Powell's hybrid method in one dimension, by the rules of MINPACK's `hybrd` (Argonne ANL-80-74), whose places to give
 * up decide the result. Null where SciPy warns: no convergence, or a function that is not finite.
 */
function powellRoot(f: (x: number) => number, start: number): number | null {
  let x = start;
  let fx = f(x);
  let [delta, scale, step, slope] = [0, 0, 0, 0];
  const slow = { steps: 0, slopes: 0 };
  const count = { steps: 0, failures: 0, successes: 0, accepted: 0 };
  while (count.steps < 400) {
    const h = Math.sqrt(Number.EPSILON) * (Math.abs(x) || 1);
    slope = (f(x + h) - fx) / h;
    if (!Number.isFinite(slope)) return null;
    scale = Math.max(scale, Math.abs(slope) || 1);
    if (count.steps === 0) delta = 100 * (scale * Math.abs(x) || 1);
    let isNewSlope = true;
    count.failures = 0;
    while (count.failures < 2) {
      const newton = -fx / slope;
      step = Math.sign(newton) * Math.min(Math.abs(newton), delta / scale);
      const size = scale * Math.abs(step);
      if (count.accepted === 0) delta = Math.min(delta, size);
      const next = f(x + step);
      count.steps += 1;
      if (!Number.isFinite(next)) return null;
      const gained = Math.abs(next) < Math.abs(fx) ? 1 - (next / fx) ** 2 : -1;
      const foreseen = 1 - ((fx + slope * step) / fx) ** 2;
      const ratio = foreseen > 0 ? gained / foreseen : 0;
      delta = nextReach(delta, { ratio, size, count });
      const secant = (next - fx) / step;
      if (ratio >= 1e-4) {
        x += step;
        fx = next;
        count.accepted += 1;
      }
      slow.steps = gained >= 0.001 ? 0 : slow.steps + 1;
      slow.slopes = gained >= 0.1 ? 0 : slow.slopes + (isNewSlope ? 1 : 0);
      const reach = scale * Math.abs(x);
      if (delta <= tolerance * reach || fx === 0) return x;
      if (slow.slopes === 5 || slow.steps === 10) return null;
      if (0.1 * Math.max(0.1 * delta, size) <= Number.EPSILON * reach) return null;
      slope = secant;
      isNewSlope = false;
    }
  }
  return null;
}
