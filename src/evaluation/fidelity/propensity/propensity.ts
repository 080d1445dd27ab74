import { areaUnderCurve } from '../../../core/statistics/area-under-curve.js';
import type { Feature } from '../encoding/features.js';
import { logisticProbabilities } from './logistic-regression.js';

/** How well a logistic model on the columns themselves tells synthetic records from real ones. */
export interface Propensity {
  /** Mean squared distance of the scores from the share of synthetic records, 0 to 0.25. */
  readonly pmse: number;
  /** What pMSE would be on average if both tables came from one source. */
  readonly nullMean: number;
  /** pmse / nullMean: 1 is what chance gives. */
  readonly ratio: number;
  /** 0.5: cannot tell; 1: always tells. Of the records it was fitted on, so chance gives a little more than 0.5. */
  readonly auc: number;
}

const ridge = 1e-4;

/** With fewer records a feature the model tells any two tables apart, and its null mean means nothing. */
const recordsPerFeature = 5;

/** Whether there are records enough for a model on these features. */
export function hasRecordsFor(features: readonly Feature[]): boolean {
  const [first] = features;
  const rows = first ? first.real.length + first.synthetic.length : 0;
  return rows >= recordsPerFeature * features.length;
}

/**
 * pMSE of a logistic model with main effects and its mean under the null, (k - 1)(1 - c)^2 c / N with k coefficients and
 * share c of synthetic records (Snoke et al. 2018, General and specific utility measures for synthetic data). Null
 * when no feature varies or a table has no row.
 */
export function propensity(features: readonly Feature[]): Propensity | null {
  const [first] = features;
  if (!first || first.real.length === 0 || first.synthetic.length === 0) return null;
  const rows = first.real.length + first.synthetic.length;
  const labels = new Uint8Array(rows).fill(1, first.real.length);
  const joined = features.map(({ real, synthetic }) => {
    const both = new Float64Array(rows);
    both.set(real);
    both.set(synthetic, real.length);
    return both;
  });
  const probabilities = logisticProbabilities({ features: joined, labels, ridge });
  const share = first.synthetic.length / rows;
  let squares = 0;
  for (const probability of probabilities) squares += (probability - share) ** 2;
  const pmse = squares / rows;
  const nullMean = (features.length * (1 - share) ** 2 * share) / rows;
  return { pmse, nullMean, ratio: pmse / nullMean, auc: areaUnderCurve(probabilities, labels) };
}
