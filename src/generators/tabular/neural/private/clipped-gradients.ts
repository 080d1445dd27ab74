import type { Variable } from '../../../../core/tensor/variable.js';
import type { ExampleUse, Pass } from '../layers/pass.js';
import type { Weight, Weights } from '../layers/weights.js';

/** A weight meets examples in a way whose gradients cannot be told apart, such as statistics of a batch. */
class UnclippableError extends Error {
  constructor(weight: string) {
    super(`The gradient of "${weight}" cannot be cut to a bound example by example.`);
    this.name = 'UnclippableError';
  }
}

/**
 * The sum over examples of their gradients, each cut to the norm `clip` first, one after another in the order of the
 * weights. No gradient of a single example is made: its norm follows from those of what a layer was given and what came
 * back to it (Goodfellow 2015, "Efficient per-example gradient computations"), and the sum is the gradient of a sum of
 * losses that are scaled down by it (Li, Tramèr, Liang, Hashimoto 2022, "ghost clipping").
 * @param losses rows × 1, each of its own example alone
 */
export function clippedGradients(
  pass: Pass,
  losses: Variable,
  { weights, clip }: { readonly weights: readonly Weights[]; readonly clip: number },
): Float32Array {
  const { calculus } = pass;
  const trained = weights.flatMap(({ all }) => all);
  const norms = exampleNorms(pass, losses, trained);
  const scales = norms.map((norm) => (norm <= clip ? 1 : norm > clip && norm < Infinity ? clip / norm : 0));
  const scaled = calculus.multiply(losses, pass.constant(scales.length, 1, scales));
  const variables = trained.map((weight) => pass.use(weight));
  const parts = calculus
    .gradients(calculus.sum(scaled), variables)
    .map(({ value }) => calculus.ops.read(value));
  const all = new Float32Array(parts.reduce((size, part) => size + part.length, 0));
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all;
}

/** The norm of the gradient of each example over all weights. @throws {UnclippableError} */
export function exampleNorms(pass: Pass, losses: Variable, trained: readonly Weight[]): Float32Array {
  const { calculus } = pass;
  const uses = pass.uses.filter(({ output }) => output.varies);
  const met = uses.flatMap((use) => use.weights);
  for (const weight of trained)
    if (met.filter((one) => one === weight).length !== 1) throw new UnclippableError(weight.name);
  const outputs = uses.map(({ output }) => output);
  const gradients = calculus.gradients(calculus.sum(losses), outputs);
  const squares = new Float64Array(losses.value.rows);
  for (const [at, use] of uses.entries()) {
    const gradient = gradients[at];
    if (!gradient) continue;
    const own = calculus.ops.read(calculus.rowSums(calculus.square(gradient)).value);
    const factors = inputFactors(pass, use);
    for (const [row, square] of own.entries())
      squares[row] = (squares[row] ?? 0) + square * (factors?.[row] ?? 1);
  }
  return Float32Array.from(squares, Math.sqrt);
}

/** The squared norm of what each example multiplied the weights by, and 1 for the bias. */
function inputFactors({ calculus }: Pass, { input, mask }: ExampleUse): Float32Array | null {
  if (!input) return null;
  const squares = calculus.square(input);
  const sums = mask ? calculus.matMul(squares, mask) : calculus.rowSums(squares);
  return calculus.ops.read(calculus.linear(sums, 1, 1).value);
}
