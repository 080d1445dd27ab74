import { Calculus } from './calculus.js';
import type { Ops } from './ops.js';
import { backends } from './testing/backends.js';
import type { Variable } from './variable.js';

const segments = [2, 1, 3];
const [rows, columns] = [3, 6];
/** Away from 0, where a leaky line has no derivative; positive, for roots and logarithms. */
const start = Float32Array.from({ length: rows * columns }, (_, index) => 0.8 + ((index * 7) % 11) / 9);
const other = Float32Array.from({ length: rows * columns }, (_, index) => 0.8 + ((index * 5) % 7) / 10);

type Expression = (calculus: Calculus, x: Variable) => Variable;

const constant = (calculus: Calculus) => calculus.constant(calculus.ops.tensor(rows, columns, other));

const expressions: Record<string, Expression> = {
  matMul: (c, x) => c.matMul(x, constant(c), false, true),
  'matMul of transposed': (c, x) => c.matMul(x, constant(c), true, false),
  'matMul with itself': (c, x) => c.matMul(x, x, true, false),
  'matMul with itself, right side transposed': (c, x) => c.matMul(x, x, false, true),
  'matMul, right side': (c, x) => c.matMul(constant(c), x, false, true),
  'matMul, both transposed': (c, x) => c.matMul(c.reshape(x, columns, rows), constant(c), true, true),
  add: (c, x) => c.square(c.add(x, c.columnSums(x))),
  subtract: (c, x) => c.square(c.subtract(c.rowSums(x), x)),
  multiply: (c, x) => c.multiply(x, c.mean(x)),
  divide: (c, x) => c.divide(x, c.rowSums(x)),
  'divide, by x': (c, x) => c.divide(constant(c), x),
  linear: (c, x) => c.square(c.linear(x, -1.5, 0.4)),
  exp: (c, x) => c.exp(x),
  'x exp x': (c, x) => c.multiply(x, c.exp(x)),
  log: (c, x) => c.log(x),
  sqrt: (c, x) => c.sqrt(x),
  'x tanh x': (c, x) => c.multiply(x, c.tanh(x)),
  'x sigmoid x': (c, x) => c.multiply(x, c.sigmoid(x)),
  softplus: (c, x) => c.softplus(x),
  leaky: (c, x) => c.square(c.leaky(c.linear(x, 1, -0.95), 0.2)),
  relu: (c, x) => c.square(c.relu(c.linear(x, 1, -0.95))),
  expand: (c, x) => c.square(c.expand(c.columnSums(x), 4, columns)),
  segmentSums: (c, x) => c.square(c.segmentSums(x, segments)),
  softmax: (c, x) => c.multiply(c.softmax(x, segments), constant(c)),
  logSoftmax: (c, x) => c.multiply(c.logSoftmax(x, segments), constant(c)),
  concatColumns: (c, x) => c.square(c.concatColumns([x, c.square(x)])),
  sliceColumns: (c, x) => c.square(c.sliceColumns(x, 1, 4)),
  gatherRows: (c, x) => c.square(c.gatherRows(x, Int32Array.of(2, 2, 0, 1))),
  scatterRows: (c, x) => c.square(c.scatterRows(x, Int32Array.of(1, 1, 3), 4)),
  gatherCells: (c, x) => c.square(c.gatherCells(x, Int32Array.of(4, -1, 0, 4), 2, 2)),
  scatterCells: (c, x) =>
    c.square(
      c.scatterCells(
        x,
        Int32Array.from({ length: 18 }, (_, index) => (index % 5) - 1),
        2,
        2,
      ),
    ),
};

const parameter = (calculus: Calculus, values: Float32Array) =>
  calculus.parameter(calculus.ops.tensor(rows, columns, values));

const scalarAt = (ops: Ops, expression: Expression, values: Float32Array): number =>
  ops.step(() => {
    const calculus = new Calculus(ops);
    const made = calculus.sum(expression(calculus, parameter(calculus, values)));
    return ops.read(made.value)[0] ?? NaN;
  });

function gradientOf(calculus: Calculus, expression: Expression, x: Variable): Variable {
  const [gradient] = calculus.gradients(calculus.sum(expression(calculus, x)), [x]);
  if (gradient === undefined) throw new Error('no gradient');
  return gradient;
}

const gradientAt = (ops: Ops, expression: Expression, values: Float32Array): Float32Array =>
  ops.step(() => {
    const calculus = new Calculus(ops);
    return ops.read(gradientOf(calculus, expression, parameter(calculus, values)).value);
  });

/** The sum of the squared gradient: its gradient needs second derivatives. */
const penalty =
  (expression: Expression): Expression =>
  (calculus, x) => {
    return calculus.square(gradientOf(calculus, expression, x));
  };

/** (f(x + h) - f(x - h)) / 2h: its error is of order h², and of 1e-7 · f / h by the rounding of float32 sums. */
function differences(ops: Ops, expression: Expression): number[] {
  const width = 1 / 64;
  return Array.from(start, (value, index) => {
    const at = (moved: number) => scalarAt(ops, expression, start.with(index, moved));
    return (at(value + width) - at(value - width)) / (2 * width);
  });
}

function expectClose(ops: Ops, expression: Expression): void {
  const expected = differences(ops, expression);
  const scale = Math.max(1, ...expected.map(Math.abs));
  const found = gradientAt(ops, expression, start);
  for (const [index, value] of expected.entries())
    expect(Math.abs((found[index] ?? NaN) - value) / scale).toBeLessThan(3e-3);
}

describe.each(Object.entries(backends))('gradients on %s', (_backend, open) => {
  const ops = open();

  it.each(Object.entries(expressions))('%s is as central differences say', (_, expression) => {
    expectClose(ops, expression);
  });

  it.each(Object.entries(expressions))('%s has right second derivatives', (_, expression) => {
    expectClose(ops, penalty(expression));
  });

  it('are zeros for what the scalar does not depend on', () => {
    const calculus = new Calculus(ops);
    const [x, y] = [parameter(calculus, start), parameter(calculus, other)];
    const [, ofY] = calculus.gradients(calculus.sum(x), [x, y]);
    expect(ofY && ops.read(ofY.value)).toEqual(new Float32Array(rows * columns));
  });
});
