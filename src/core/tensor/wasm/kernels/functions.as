// Elementary functions of four float32 numbers, by the polynomials of Cephes (Moshier 1989, "Methods and programs for
// mathematical functions": expf, logf, tanhf), so that every engine makes the same bits. `functions.test.ts` states the errors.

// @ts-ignore: decorator
@inline
function poly(sum: v128, x: v128, next: f32): v128 {
  return f32x4.add(f32x4.mul(sum, x), f32x4.splat(next));
}

/** 2^n for whole n in [-126, 127]. */
// @ts-ignore: decorator
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const bounded = f32x4.max(f32x4.min(x, f32x4.splat(89)), f32x4.splat(-104));
  const n = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(1.44269504088896341)));
  let r = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.add(r, f32x4.mul(n, f32x4.splat(2.12194440e-4)));
  let sum = f32x4.splat(1.9875691500e-4);
  sum = poly(sum, r, 1.3981999507e-3);
  sum = poly(sum, r, 8.3334519073e-3);
  sum = poly(sum, r, 4.1665795894e-2);
  sum = poly(sum, r, 1.6666665459e-1);
  sum = poly(sum, r, 5.0000001201e-1);
  sum = f32x4.add(f32x4.mul(sum, f32x4.mul(r, r)), r);
  sum = f32x4.add(sum, f32x4.splat(1));
  // In two factors: neither overflows where the product is a number, and small powers lose digits as they should.
  const whole = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(whole, 1);
  return f32x4.mul(f32x4.mul(sum, powerOfTwo(half)), powerOfTwo(i32x4.sub(whole, half)));
}

// @ts-ignore: decorator
@inline
export function log4(x: v128): v128 {
  const one = f32x4.splat(1);
  const isSmall = f32x4.lt(x, f32x4.splat(1.17549435e-38));
  const scaled = v128.bitselect(f32x4.mul(x, f32x4.splat(33554432)), x, isSmall);
  let exponent = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(scaled, 23), i32x4.splat(126)));
  exponent = f32x4.sub(exponent, v128.and(isSmall, f32x4.splat(25)));
  let m = v128.or(v128.and(scaled, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000));
  const isLow = f32x4.lt(m, f32x4.splat(0.707106781186547524));
  exponent = f32x4.sub(exponent, v128.and(isLow, one));
  m = f32x4.sub(f32x4.add(m, v128.and(isLow, m)), one);
  const square = f32x4.mul(m, m);
  let sum = f32x4.splat(7.0376836292e-2);
  sum = poly(sum, m, -1.1514610310e-1);
  sum = poly(sum, m, 1.1676998740e-1);
  sum = poly(sum, m, -1.2420140846e-1);
  sum = poly(sum, m, 1.4249322787e-1);
  sum = poly(sum, m, -1.6668057665e-1);
  sum = poly(sum, m, 2.0000714765e-1);
  sum = poly(sum, m, -2.4999993993e-1);
  sum = poly(sum, m, 3.3333331174e-1);
  let y = f32x4.mul(f32x4.mul(m, square), sum);
  y = f32x4.sub(y, f32x4.mul(exponent, f32x4.splat(2.12194440e-4)));
  y = f32x4.sub(y, f32x4.mul(square, f32x4.splat(0.5)));
  y = f32x4.add(f32x4.add(m, y), f32x4.mul(exponent, f32x4.splat(0.693359375)));
  const infinity = f32x4.splat(Infinity);
  y = v128.bitselect(x, y, f32x4.eq(x, infinity));
  y = v128.bitselect(f32x4.splat(-Infinity), y, f32x4.eq(x, f32x4.splat(0)));
  return v128.bitselect(y, f32x4.splat(NaN), f32x4.ge(x, f32x4.splat(0)));
}

// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const size = f32x4.abs(x);
  const square = f32x4.mul(x, x);
  let sum = f32x4.splat(-5.70498872745e-3);
  sum = poly(sum, square, 2.06390887954e-2);
  sum = poly(sum, square, -5.37397155531e-2);
  sum = poly(sum, square, 1.33314422036e-1);
  sum = poly(sum, square, -3.33332819422e-1);
  const near = f32x4.add(f32x4.mul(f32x4.mul(sum, square), x), x);
  const one = f32x4.splat(1);
  const power = f32x4.add(exp4(f32x4.add(size, size)), one);
  const far = f32x4.sub(one, f32x4.div(f32x4.splat(2), power));
  const signed = v128.or(far, v128.and(x, f32x4.splat(-0.0)));
  return v128.bitselect(near, signed, f32x4.lt(size, f32x4.splat(0.625)));
}

// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const one = f32x4.splat(1);
  const power = exp4(f32x4.neg(f32x4.abs(x)));
  const top = v128.bitselect(power, one, f32x4.lt(x, f32x4.splat(0)));
  return f32x4.div(top, f32x4.add(one, power));
}

/** max(x, 0) + log(1 + e), e = exp(-|x|); what rounding 1 + e took away is given back. */
// @ts-ignore: decorator
@inline
export function softplus4(x: v128): v128 {
  const one = f32x4.splat(1);
  const power = exp4(f32x4.neg(f32x4.abs(x)));
  const sum = f32x4.add(one, power);
  const lost = f32x4.sub(power, f32x4.sub(sum, one));
  const log = f32x4.add(log4(sum), f32x4.div(lost, sum));
  return f32x4.add(f32x4.max(x, f32x4.splat(0)), log);
}
