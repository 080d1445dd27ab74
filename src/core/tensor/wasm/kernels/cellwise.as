import { exp4, log4, sigmoid4, softplus4, tanh4 } from './functions';

// Every tensor takes whole vectors of four, so these may run past its last cell.

export function linear(a: usize, out: usize, count: i32, factor: f32, term: f32): void {
  const f = f32x4.splat(factor);
  const t = f32x4.splat(term);
  for (const end = a + 4 * count; a < end; a += 16, out += 16)
    v128.store(out, f32x4.add(f32x4.mul(v128.load(a), f), t));
}

export function exp(a: usize, out: usize, count: i32): void {
  for (const end = a + 4 * count; a < end; a += 16, out += 16) v128.store(out, exp4(v128.load(a)));
}

export function log(a: usize, out: usize, count: i32): void {
  for (const end = a + 4 * count; a < end; a += 16, out += 16) v128.store(out, log4(v128.load(a)));
}

export function sqrt(a: usize, out: usize, count: i32): void {
  for (const end = a + 4 * count; a < end; a += 16, out += 16) v128.store(out, f32x4.sqrt(v128.load(a)));
}

export function tanh(a: usize, out: usize, count: i32): void {
  for (const end = a + 4 * count; a < end; a += 16, out += 16) v128.store(out, tanh4(v128.load(a)));
}

export function sigmoid(a: usize, out: usize, count: i32): void {
  for (const end = a + 4 * count; a < end; a += 16, out += 16) v128.store(out, sigmoid4(v128.load(a)));
}

export function softplus(a: usize, out: usize, count: i32): void {
  for (const end = a + 4 * count; a < end; a += 16, out += 16) v128.store(out, softplus4(v128.load(a)));
}

export function leaky(a: usize, out: usize, count: i32, slope: f32): void {
  const s = f32x4.splat(slope);
  const zero = f32x4.splat(0);
  for (const end = a + 4 * count; a < end; a += 16, out += 16) {
    const x = v128.load(a);
    v128.store(out, v128.bitselect(x, f32x4.mul(x, s), f32x4.gt(x, zero)));
  }
}

export function leakyMask(a: usize, out: usize, count: i32, slope: f32): void {
  const s = f32x4.splat(slope);
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  for (const end = a + 4 * count; a < end; a += 16, out += 16)
    v128.store(out, v128.bitselect(one, s, f32x4.gt(v128.load(a), zero)));
}

const adding: i32 = 0;
const subtracting: i32 = 1;
const multiplying: i32 = 2;
const dividing: i32 = 3;

// @ts-ignore: decorator
@inline
function join(op: i32, x: v128, y: v128): v128 {
  if (op == adding) return f32x4.add(x, y);
  if (op == subtracting) return f32x4.sub(x, y);
  if (op == multiplying) return f32x4.mul(x, y);
  return f32x4.div(x, y);
}

/** A stride is the bytes from one row to the next, 0 for a row that is repeated; `wide` says that a row has all columns. */
// @ts-ignore: decorator
@inline
function pair(
  op: i32, a: usize, b: usize, out: usize, rows: i32, columns: i32,
  strideA: usize, wideA: bool, strideB: usize, wideB: bool,
): void {
  const bytes = 4 * columns;
  const whole = bytes & ~15;
  for (let row = 0; row < rows; row++) {
    if (wideA && wideB)
      for (let at = 0; at < whole; at += 16) v128.store(out + at, join(op, v128.load(a + at), v128.load(b + at)));
    else if (wideA) {
      const y = v128.load32_splat(b);
      for (let at = 0; at < whole; at += 16) v128.store(out + at, join(op, v128.load(a + at), y));
    } else {
      const x = v128.load32_splat(a);
      if (wideB) for (let at = 0; at < whole; at += 16) v128.store(out + at, join(op, x, v128.load(b + at)));
      else for (let at = 0; at < whole; at += 16) v128.store(out + at, join(op, x, v128.load32_splat(b)));
    }
    for (let at = whole; at < bytes; at += 4) {
      const x = v128.load32_splat(wideA ? a + at : a);
      const y = v128.load32_splat(wideB ? b + at : b);
      v128.store_lane<f32>(out + at, join(op, x, y), 0);
    }
    a += strideA;
    b += strideB;
    out += bytes;
  }
}

export function add(
  a: usize, b: usize, out: usize, rows: i32, columns: i32, strideA: usize, wideA: bool, strideB: usize, wideB: bool,
): void {
  pair(adding, a, b, out, rows, columns, strideA, wideA, strideB, wideB);
}

export function subtract(
  a: usize, b: usize, out: usize, rows: i32, columns: i32, strideA: usize, wideA: bool, strideB: usize, wideB: bool,
): void {
  pair(subtracting, a, b, out, rows, columns, strideA, wideA, strideB, wideB);
}

export function multiply(
  a: usize, b: usize, out: usize, rows: i32, columns: i32, strideA: usize, wideA: bool, strideB: usize, wideB: bool,
): void {
  pair(multiplying, a, b, out, rows, columns, strideA, wideA, strideB, wideB);
}

export function divide(
  a: usize, b: usize, out: usize, rows: i32, columns: i32, strideA: usize, wideA: bool, strideB: usize, wideB: bool,
): void {
  pair(dividing, a, b, out, rows, columns, strideA, wideA, strideB, wideB);
}

export function expand(a: usize, out: usize, rows: i32, columns: i32, stride: usize, wide: bool): void {
  const bytes = 4 * columns;
  for (let row = 0; row < rows; row++) {
    for (let at = 0; at < bytes; at += 4) store<f32>(out + at, load<f32>(wide ? a + at : a));
    a += stride;
    out += bytes;
  }
}

/** Loshchilov and Hutter 2019, algorithm 2; `unbias` are 1 / (1 - beta^step). */
export function adam(
  weights: usize, gradients: usize, means: usize, squares: usize, count: i32,
  rate: f32, beta1: f32, beta2: f32, epsilon: f32, decay: f32, unbias1: f32, unbias2: f32,
): void {
  const keep1 = f32x4.splat(beta1);
  const take1 = f32x4.splat(<f32>(1 - beta1));
  const keep2 = f32x4.splat(beta2);
  const take2 = f32x4.splat(<f32>(1 - beta2));
  for (let at = 0; at < 4 * count; at += 16) {
    const g = v128.load(gradients + at);
    const mean = f32x4.add(f32x4.mul(keep1, v128.load(means + at)), f32x4.mul(take1, g));
    const square = f32x4.add(f32x4.mul(keep2, v128.load(squares + at)), f32x4.mul(take2, f32x4.mul(g, g)));
    v128.store(means + at, mean);
    v128.store(squares + at, square);
    const spread = f32x4.add(f32x4.sqrt(f32x4.mul(square, f32x4.splat(unbias2))), f32x4.splat(epsilon));
    const move = f32x4.div(f32x4.mul(mean, f32x4.splat(unbias1)), spread);
    const weight = v128.load(weights + at);
    const change = f32x4.add(move, f32x4.mul(f32x4.splat(decay), weight));
    v128.store(weights + at, f32x4.sub(weight, f32x4.mul(f32x4.splat(rate), change)));
  }
}
