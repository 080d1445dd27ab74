import type { Ops, Segments, Tensor } from './ops.js';
import type { PullBack, Variable } from './variable.js';

const nothing: PullBack = () => [];

/**
 * Differentiable ops over a backend: reverse-mode differentiation in which each gradient is itself made of these ops, so
 * the gradient of a gradient needs nothing more (Baydin et al. 2018, "Automatic differentiation in machine learning: a
 * survey", section 3.2). Variables are of one step of the backend, but for parameters over kept tensors.
 */
export class Calculus {
  #order = 0;

  constructor(readonly ops: Ops) {}

  constant(value: Tensor): Variable {
    return this.#leaf(value, false);
  }

  /** A variable that gradients are asked of. */
  parameter(value: Tensor): Variable {
    return this.#leaf(value, true);
  }

  matMul(a: Variable, b: Variable, transposeA = false, transposeB = false): Variable {
    const value = this.ops.matMul(a.value, b.value, transposeA, transposeB);
    return this.#made(value, [a, b], (gradient) => [
      a.varies
        ? transposeA
          ? this.matMul(b, gradient, transposeB, true)
          : this.matMul(gradient, b, false, !transposeB)
        : undefined,
      b.varies
        ? transposeB
          ? this.matMul(gradient, a, true, transposeA)
          : this.matMul(a, gradient, !transposeA, false)
        : undefined,
    ]);
  }

  add(a: Variable, b: Variable): Variable {
    return this.#made(this.ops.add(a.value, b.value), [a, b], (gradient) => [
      this.#like(a, () => gradient),
      this.#like(b, () => gradient),
    ]);
  }

  subtract(a: Variable, b: Variable): Variable {
    return this.#made(this.ops.subtract(a.value, b.value), [a, b], (gradient) => [
      this.#like(a, () => gradient),
      this.#like(b, () => this.linear(gradient, -1, 0)),
    ]);
  }

  multiply(a: Variable, b: Variable): Variable {
    return this.#made(this.ops.multiply(a.value, b.value), [a, b], (gradient) => [
      this.#like(a, () => this.multiply(gradient, b)),
      this.#like(b, () => this.multiply(gradient, a)),
    ]);
  }

  divide(a: Variable, b: Variable): Variable {
    const quotient: Variable = this.#made(this.ops.divide(a.value, b.value), [a, b], (gradient) => [
      this.#like(a, () => this.divide(gradient, b)),
      this.#like(b, () => this.linear(this.divide(this.multiply(gradient, quotient), b), -1, 0)),
    ]);
    return quotient;
  }

  /** a · factor + term. */
  linear(a: Variable, factor: number, term: number): Variable {
    return this.#made(this.ops.linear(a.value, factor, term), [a], (gradient) => [
      this.linear(gradient, factor, 0),
    ]);
  }

  square(a: Variable): Variable {
    return this.multiply(a, a);
  }

  exp(a: Variable): Variable {
    const power: Variable = this.#made(this.ops.exp(a.value), [a], (gradient) => [
      this.multiply(gradient, power),
    ]);
    return power;
  }

  log(a: Variable): Variable {
    return this.#made(this.ops.log(a.value), [a], (gradient) => [this.divide(gradient, a)]);
  }

  sqrt(a: Variable): Variable {
    const root: Variable = this.#made(this.ops.sqrt(a.value), [a], (gradient) => [
      this.linear(this.divide(gradient, root), 0.5, 0),
    ]);
    return root;
  }

  tanh(a: Variable): Variable {
    const tangent: Variable = this.#made(this.ops.tanh(a.value), [a], (gradient) => [
      this.multiply(gradient, this.linear(this.square(tangent), -1, 1)),
    ]);
    return tangent;
  }

  sigmoid(a: Variable): Variable {
    const share: Variable = this.#made(this.ops.sigmoid(a.value), [a], (gradient) => [
      this.multiply(gradient, this.multiply(share, this.linear(share, -1, 1))),
    ]);
    return share;
  }

  softplus(a: Variable): Variable {
    return this.#made(this.ops.softplus(a.value), [a], (gradient) => [
      this.multiply(gradient, this.sigmoid(a)),
    ]);
  }

  /** a where it is positive, else a · slope; its second derivative is 0. */
  leaky(a: Variable, slope: number): Variable {
    return this.#made(this.ops.leaky(a.value, slope), [a], (gradient) => [
      this.multiply(gradient, this.constant(this.ops.leakyMask(a.value, slope))),
    ]);
  }

  relu(a: Variable): Variable {
    return this.leaky(a, 0);
  }

  rowSums(a: Variable): Variable {
    return this.#made(this.ops.rowSums(a.value), [a], (gradient) => [
      this.expand(gradient, a.value.rows, a.value.columns),
    ]);
  }

  columnSums(a: Variable): Variable {
    return this.#made(this.ops.columnSums(a.value), [a], (gradient) => [
      this.expand(gradient, a.value.rows, a.value.columns),
    ]);
  }

  /** 1 × 1. */
  sum(a: Variable): Variable {
    return this.columnSums(this.rowSums(a));
  }

  /** 1 × 1. */
  mean(a: Variable): Variable {
    return this.linear(this.sum(a), 1 / (a.value.rows * a.value.columns), 0);
  }

  expand(a: Variable, rows: number, columns: number): Variable {
    return this.#made(this.ops.expand(a.value, rows, columns), [a], (gradient) => [
      this.#sumTo(gradient, a.value),
    ]);
  }

  segmentSums(a: Variable, segments: Segments): Variable {
    return this.#made(this.ops.segmentSums(a.value, segments), [a], (gradient) => [
      this.segmentSums(gradient, segments),
    ]);
  }

  /** In each segment of each row. */
  softmax(a: Variable, segments: Segments): Variable {
    const powers = this.exp(this.#fromGreatest(a, segments));
    return this.divide(powers, this.segmentSums(powers, segments));
  }

  /** In each segment of each row. */
  logSoftmax(a: Variable, segments: Segments): Variable {
    const shifted = this.#fromGreatest(a, segments);
    return this.subtract(shifted, this.log(this.segmentSums(this.exp(shifted), segments)));
  }

  concatColumns(parts: readonly Variable[]): Variable {
    const value = this.ops.concatColumns(parts.map((part) => part.value));
    return this.#made(value, parts, (gradient) => {
      let end = 0;
      return parts.map((part) => {
        const start = end;
        end += part.value.columns;
        return part.varies ? this.sliceColumns(gradient, start, end) : undefined;
      });
    });
  }

  sliceColumns(a: Variable, from: number, to: number): Variable {
    return this.#made(this.ops.sliceColumns(a.value, from, to), [a], (gradient) => {
      const { rows, columns } = a.value;
      const zeros = (width: number) =>
        width === 0 ? [] : [this.constant(this.ops.tensor(rows, width, new Float32Array(rows * width)))];
      return [this.concatColumns([...zeros(from), gradient, ...zeros(columns - to)])];
    });
  }

  reshape(a: Variable, rows: number, columns: number): Variable {
    return this.#made(this.ops.reshape(a.value, rows, columns), [a], (gradient) => [
      this.reshape(gradient, a.value.rows, a.value.columns),
    ]);
  }

  gatherRows(a: Variable, indices: Int32Array): Variable {
    return this.#made(this.ops.gatherRows(a.value, indices), [a], (gradient) => [
      this.scatterRows(gradient, indices, a.value.rows),
    ]);
  }

  scatterRows(a: Variable, indices: Int32Array, rows: number): Variable {
    return this.#made(this.ops.scatterRows(a.value, indices, rows), [a], (gradient) => [
      this.gatherRows(gradient, indices),
    ]);
  }

  gatherCells(a: Variable, indices: Int32Array, rows: number, columns: number): Variable {
    return this.#made(this.ops.gatherCells(a.value, indices, rows, columns), [a], (gradient) => [
      this.scatterCells(gradient, indices, a.value.rows, a.value.columns),
    ]);
  }

  scatterCells(a: Variable, indices: Int32Array, rows: number, columns: number): Variable {
    return this.#made(this.ops.scatterCells(a.value, indices, rows, columns), [a], (gradient) => [
      this.gatherCells(gradient, indices, a.value.rows, a.value.columns),
    ]);
  }

  /**
   * The gradients of a scalar with respect to variables, in their order; zeros for one that it does not depend on. They
   * are variables themselves: of a gradient penalty the gradient can be asked again.
   */
  gradients(scalar: Variable, of: readonly Variable[]): Variable[] {
    const gradients = new Map<Variable, Variable>([
      [scalar, this.constant(this.ops.tensor(1, 1, Float32Array.of(1)))],
    ]);
    for (const variable of this.#before(scalar, of)) {
      const gradient = gradients.get(variable);
      if (gradient !== undefined) this.#passOn(variable, gradient, gradients);
    }
    return of.map((variable) => gradients.get(variable) ?? this.#zerosLike(variable.value));
  }

  #passOn(variable: Variable, gradient: Variable, gradients: Map<Variable, Variable>): void {
    const parts = variable.pullBack(gradient);
    for (const [index, parent] of variable.parents.entries()) {
      const part = parts[index];
      if (part === undefined || !parent.varies) continue;
      const known = gradients.get(parent);
      gradients.set(parent, known === undefined ? part : this.add(known, part));
    }
  }

  /** What lies on a way from the scalar to the leaves or to one of `of`, the latest first. */
  #before(scalar: Variable, of: readonly Variable[]): Variable[] {
    const ends = new Set(of);
    const seen = new Set<Variable>();
    const open = [scalar];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next) || !next.varies) continue;
      seen.add(next);
      open.push(...next.parents);
    }
    const firstOrder = Math.min(...[...ends].map((end) => end.order));
    return [...seen].filter((one) => one.order >= firstOrder).sort((a, b) => b.order - a.order);
  }

  #zerosLike({ rows, columns }: Tensor): Variable {
    return this.constant(this.ops.tensor(rows, columns, new Float32Array(rows * columns)));
  }

  /** Differences from the greatest of the segment, which is a constant to the gradient as it cancels out. */
  #fromGreatest(a: Variable, segments: Segments): Variable {
    return this.subtract(a, this.constant(this.ops.segmentMaxima(a.value, segments)));
  }

  /** A gradient for a parent that may have been repeated. */
  #like(parent: Variable, gradient: () => Variable): Variable | undefined {
    return parent.varies ? this.#sumTo(gradient(), parent.value) : undefined;
  }

  #sumTo(a: Variable, { rows, columns }: Tensor): Variable {
    const rowsDone = rows === 1 && a.value.rows > 1 ? this.columnSums(a) : a;
    return columns === 1 && a.value.columns > 1 ? this.rowSums(rowsDone) : rowsDone;
  }

  #leaf(value: Tensor, varies: boolean): Variable {
    return { value, varies, order: this.#order++, parents: [], pullBack: nothing };
  }

  #made(value: Tensor, parents: readonly Variable[], pullBack: PullBack): Variable {
    const varies = parents.some((parent) => parent.varies);
    return varies ? { value, varies, order: this.#order++, parents, pullBack } : this.#leaf(value, false);
  }
}
