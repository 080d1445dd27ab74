import type { Variable } from '../../../../core/tensor/variable.js';
import type { Pass } from '../layers/pass.js';
import type { Network } from './networks.js';

/** Under a root whose gradient would be without end at 0. */
const epsilon = 1e-12;

/**
 * The mean of (|gradient of the critic| - 1)² between real and made rows: Gulrajani et al. 2017, "Improved training of
 * Wasserstein GANs", algorithm 1.
 * @param pack rows that the critic judges together, and that lie equally far between the two
 */
export function gradientPenalty(
  pass: Pass,
  critic: Network,
  { real, made, pack }: { readonly real: Variable; readonly made: Variable; readonly pack: number },
): Variable {
  const { calculus, random } = pass;
  const { rows, columns } = real.value;
  const places = random.fork('between');
  const shares = Float32Array.from({ length: rows / pack }, () => places.uniform());
  const share = pass.constant(
    rows,
    1,
    Float32Array.from({ length: rows }, (_, row) => shares[Math.floor(row / pack)] ?? 0),
  );
  const mixed = calculus.add(
    calculus.multiply(real, share),
    calculus.multiply(made, calculus.linear(share, -1, 1)),
  );
  const between = calculus.parameter(mixed.value);
  const [gradient] = calculus.gradients(calculus.sum(critic.apply(pass, between)), [between]);
  if (!gradient) return calculus.sum(between);
  const packed = calculus.reshape(gradient, rows / pack, columns * pack);
  const norms = calculus.sqrt(calculus.linear(calculus.rowSums(calculus.square(packed)), 1, epsilon));
  return calculus.mean(calculus.square(calculus.linear(norms, 1, -1)));
}
