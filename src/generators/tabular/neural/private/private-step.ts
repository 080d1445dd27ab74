import type { SampledSums } from '../../../../core/privacy/sampled-sums.js';
import type { AdamSettings } from '../../../../core/tensor/ops.js';
import type { Variable } from '../../../../core/tensor/variable.js';
import type { Pass } from '../layers/pass.js';
import type { Weights } from '../layers/weights.js';
import { clippedGradients } from './clipped-gradients.js';

export interface PrivateDescent {
  readonly sums: SampledSums;
  /** What the gradient of one example is cut to. */
  readonly clip: number;
  /** Rows of a batch in the mean: public, whatever a batch has. */
  readonly rowsExpected: number;
  readonly adam: Omit<AdamSettings, 'step'>;
}

/**
 * Rows that a batch has at most: far more than any sample of so many in the mean ever has (for a mean of 10, a chance
 * below 1e-40).
 */
export const batchRowsMost = (rowsExpected: number): number => 2 * rowsExpected + 80;

/**
 * One step against the noisy sum of cut gradients, over the rows of a batch in the mean: Abadi et al. 2016, "Deep
 * learning with differential privacy", algorithm 1, with Adam on what comes out.
 * @param losses rows × 1; null for an empty batch, whose step is noise alone
 */
export function privateStep(
  pass: Pass,
  losses: Variable | null,
  weights: readonly Weights[],
  { sums, clip, rowsExpected, adam }: PrivateDescent,
): void {
  const { ops } = pass.calculus;
  const size = weights
    .flatMap(({ all }) => all)
    .reduce((sum, { value }) => sum + value.rows * value.columns, 0);
  const summed = losses ? clippedGradients(pass, losses, { weights, clip }) : new Float32Array(size);
  const noisy = sums.add(summed, { clip, rowsMax: batchRowsMost(rowsExpected) });
  let end = 0;
  for (const network of weights) {
    const gradients = network.all.map(({ value: { rows, columns } }) => {
      const part = noisy.subarray(end, (end += rows * columns));
      return ops.tensor(
        rows,
        columns,
        Float32Array.from(part, (value) => value / rowsExpected),
      );
    });
    network.descend(gradients, adam);
  }
}
