const iterationsMax = 30;
const enough = 1e-9;
/** Shares nearer to 0 and 1 are taken as this near: a forest of 100 trees says 0 where it means "less than one in 100". */
const shareMin = 0.005;

/** ln(p / (1 - p)) of shares, none surer than one in 200. */
export function boundedLogits(shares: Float64Array): Float64Array {
  return shares.map((share) => {
    const bounded = Math.max(shareMin, Math.min(1 - shareMin, share));
    return Math.log(bounded / (1 - bounded));
  });
}

/**
 * Slope of a logistic regression of what happened on the logits of what was predicted (Cox, Biometrika 45, 1958): 1 is
 * right, less than 1 too sure, more than 1 not sure enough. NaN when predictions do not vary, or part the classes.
 */
export function calibrationSlope(logits: Float64Array, happened: Uint8Array, weights: Float64Array): number {
  if (isOneClass(happened, weights)) return NaN;
  let [intercept, slope] = [0, 0];
  for (let iteration = 0; iteration < iterationsMax; iteration += 1) {
    const step = newtonStep({ logits, happened, weights }, intercept, slope);
    if (step === null) return NaN;
    intercept += step.intercept;
    slope += step.slope;
    if (Math.abs(slope) > 1000) return NaN;
    if (Math.abs(step.slope) + Math.abs(step.intercept) < enough) return slope;
  }
  return NaN;
}

function isOneClass(happened: Uint8Array, weights: Float64Array): boolean {
  const first = happened.find((_, row) => (weights[row] ?? 0) > 0);
  return happened.every((code, row) => code === first || weights[row] === 0);
}

interface Calibration {
  readonly logits: Float64Array;
  readonly happened: Uint8Array;
  readonly weights: Float64Array;
}

function newtonStep(
  { logits, happened, weights }: Calibration,
  intercept: number,
  slope: number,
): { intercept: number; slope: number } | null {
  let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
  for (let row = 0; row < logits.length; row += 1) {
    const weight = weights[row] ?? 0;
    if (weight === 0) continue;
    const x = logits[row] ?? 0;
    const share = 1 / (1 + Math.exp(-(intercept + slope * x)));
    const residual = weight * ((happened[row] ?? 0) - share);
    const curvature = weight * share * (1 - share);
    g0 += residual;
    g1 += residual * x;
    h00 += curvature;
    h01 += curvature * x;
    h11 += curvature * x * x;
  }
  const determinant = h00 * h11 - h01 * h01;
  if (!(determinant > 1e-12 * h00 * h11)) return null;
  return {
    intercept: (h11 * g0 - h01 * g1) / determinant,
    slope: (h00 * g1 - h01 * g0) / determinant,
  };
}
