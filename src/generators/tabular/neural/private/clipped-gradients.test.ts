import { Random } from '../../../../core/random/random.js';
import { Calculus } from '../../../../core/tensor/calculus.js';
import { WasmOps } from '../../../../core/tensor/wasm/wasm-ops.js';
import type { Variable } from '../../../../core/tensor/variable.js';
import { BatchNorm } from '../layers/batch-norm.js';
import { Dense } from '../layers/dense.js';
import { Embedding } from '../layers/embedding.js';
import { Pass } from '../layers/pass.js';
import { Weights } from '../layers/weights.js';
import { clippedGradients, exampleNorms } from './clipped-gradients.js';

const ops = new WasmOps();
const random = Random.fromSeed('clip');
const weights = new Weights(ops, random.fork('weights'));
const codes = new Embedding(weights, 'codes', { codes: 4, width: 3 });
const hidden = new Dense(weights, 'hidden', { inputs: 4, outputs: 5 });
const output = new Dense(weights, 'output', { inputs: 5, outputs: 2 });
const shift = weights.add('shift', { rows: 1, columns: 2 }, () => 0.3);
const mask = Float32Array.of(1, 0, 1, 1);

const aPass = (trained = [weights]): Pass =>
  new Pass(new Calculus(ops), { trained, isTraining: false, random });

/** The loss of each row; a row is a number and a code. */
function lossesOf(pass: Pass, rows: Int32Array): Variable {
  const { calculus } = pass;
  const numbers = pass.constant(
    rows.length,
    1,
    Float32Array.from(rows, (row) => 3 * Math.sin(row)),
  );
  const inputs = calculus.concatColumns([
    codes.apply(
      pass,
      rows.map((row) => row % 4),
    ),
    numbers,
  ]);
  const inside = calculus.tanh(hidden.apply(pass, inputs, pass.constant(4, 1, mask)));
  const made = calculus.add(output.apply(pass, inside), pass.useInRows(shift, rows.length));
  return calculus.rowSums(calculus.square(calculus.linear(made, 1, -2)));
}

/** The gradient of one row, made by itself. */
const gradientOf = (row: number): Float32Array =>
  ops.step(() => {
    const pass = aPass();
    const loss = pass.calculus.sum(lossesOf(pass, Int32Array.of(row)));
    const variables = weights.all.map((weight) => pass.use(weight));
    return Float32Array.from(
      pass.calculus.gradients(loss, variables).flatMap(({ value }) => [...ops.read(value)]),
    );
  });

const rows = Int32Array.from({ length: 9 }, (_, row) => row);
const normOf = (values: Float32Array): number => Math.hypot(...values);

describe('gradients that are cut example by example', () => {
  it('have the norms of gradients that are made one by one', () => {
    const norms = ops.step(() => {
      const pass = aPass();
      return exampleNorms(pass, lossesOf(pass, rows), weights.all);
    });
    for (const row of rows) expect(norms[row]! / normOf(gradientOf(row))).toBeCloseTo(1, 4);
  });

  it('are the sum of gradients that were cut one by one', () => {
    const clip = 12;
    const cut = [...rows].map((row) => {
      const gradient = gradientOf(row);
      return gradient.map((value) => value * Math.min(1, clip / normOf(gradient)));
    });
    const wanted = cut.reduce((sum, one) => sum.map((value, at) => value + (one[at] ?? 0)));
    const found = ops.step(() => {
      const pass = aPass();
      return clippedGradients(pass, lossesOf(pass, rows), { weights: [weights], clip });
    });
    expect([...rows].some((row) => normOf(gradientOf(row)) > clip)).toBe(true);
    expect([...rows].some((row) => normOf(gradientOf(row)) < clip)).toBe(true);
    expect(normOf(found.map((value, at) => value - (wanted[at] ?? 0)))).toBeLessThan(1e-4 * normOf(wanted));
  });

  it('are none for weights that meet a batch as a whole, or examples twice', () => {
    const own = new Weights(ops, random);
    const norm = new BatchNorm(own, 'norm', 1);
    const dense = new Dense(own, 'dense', { inputs: 1, outputs: 1 });
    const refused = (make: (pass: Pass, x: Variable) => Variable): void => {
      ops.step(() => {
        const pass = aPass([own]);
        const losses = make(pass, pass.constant(2, 1, Float32Array.of(1, 2)));
        expect(() => clippedGradients(pass, losses, { weights: [own], clip: 1 })).toThrow(
          expect.objectContaining({ name: 'UnclippableError' }) as Error,
        );
      });
    };
    refused((pass, x) => norm.apply(pass, dense.apply(pass, x)));
    refused((pass, x) => dense.apply(pass, dense.apply(pass, x)));
  });
});
