import { log4 } from './functions';

const multiplier0: u64 = 0xd2511f53;
const multiplier1: u64 = 0xcd9e8d57;
const weyl0: u32 = 0x9e3779b9;
const weyl1: u32 = 0xbb67ae85;

/** Philox4x32-10 (Salmon et al. 2011): block i of four words has the counter (i, 0, word2, word3). */
export function philox(out: usize, blocks: i32, key0: u32, key1: u32, word2: u32, word3: u32): void {
  for (let block = 0; block < blocks; block++) {
    let c0: u32 = block;
    let c1: u32 = 0;
    let c2 = word2;
    let c3 = word3;
    let k0 = key0;
    let k1 = key1;
    for (let round = 0; round < 10; round++) {
      const product0 = multiplier0 * <u64>c0;
      const product1 = multiplier1 * <u64>c2;
      c0 = <u32>(product1 >> 32) ^ c1 ^ k0;
      c1 = <u32>product1;
      c2 = <u32>(product0 >> 32) ^ c3 ^ k1;
      c3 = <u32>product0;
      k0 += weyl0;
      k1 += weyl1;
    }
    store<u32>(out, c0);
    store<u32>(out, c1, 4);
    store<u32>(out, c2, 8);
    store<u32>(out, c3, 12);
    out += 16;
  }
}

/** In place: words to the middles of 2^23 equal parts of (0, 1). */
export function uniforms(at: usize, count: i32): void {
  for (const end = at + 4 * count; at < end; at += 16) {
    const steps = f32x4.convert_i32x4_s(i32x4.shr_u(v128.load(at), 9));
    v128.store(at, f32x4.mul(f32x4.add(steps, f32x4.splat(0.5)), f32x4.splat(1.1920928955078125e-7)));
  }
}

/** In place: words to normal deviates, the quantile of (word + 1/2) / 2^32 by AS 241's PPND7 (Wichura 1988). */
export function normals(at: usize, count: i32): void {
  const step = f32x4.splat(2.3283064365386963e-10);
  const half = f32x4.splat(0.5);
  for (const end = at + 4 * count; at < end; at += 16) {
    const word = v128.load(at);
    const sign = i32x4.shr_s(word, 31);
    const folded = v128.xor(word, sign);
    const size = f32x4.mul(f32x4.add(f32x4.convert_i32x4_s(folded), half), step);
    // From the edge and not from the middle: 1/2 - size would lose the digits of the tail.
    const edge = f32x4.add(f32x4.convert_i32x4_s(i32x4.sub(i32x4.splat(0x7fffffff), folded)), half);
    const inTail = f32x4.gt(size, f32x4.splat(0.425));
    const z = v128.bitselect(tail(f32x4.mul(edge, step)), middle(size), inTail);
    v128.store(at, v128.or(z, v128.and(sign, f32x4.splat(-0.0))));
  }
}

// @ts-ignore: decorator
@inline
function next(sum: v128, x: v128, term: f32): v128 {
  return f32x4.add(f32x4.mul(sum, x), f32x4.splat(term));
}

// @ts-ignore: decorator
@inline
function middle(q: v128): v128 {
  const r = f32x4.sub(f32x4.splat(0.180625), f32x4.mul(q, q));
  let top = f32x4.splat(59.109374720);
  top = next(top, r, 159.29113202);
  top = next(top, r, 50.434271938);
  top = next(top, r, 3.3871327179);
  let bottom = f32x4.splat(67.187563600);
  bottom = next(bottom, r, 78.757757664);
  bottom = next(bottom, r, 17.895169469);
  bottom = next(bottom, r, 1);
  return f32x4.div(f32x4.mul(q, top), bottom);
}

/** For probabilities above 1.4e-11. */
// @ts-ignore: decorator
@inline
function tail(probability: v128): v128 {
  const r = f32x4.sub(f32x4.sqrt(f32x4.neg(log4(probability))), f32x4.splat(1.6));
  let top = f32x4.splat(0.17023821103);
  top = next(top, r, 1.3067284816);
  top = next(top, r, 2.7568153900);
  top = next(top, r, 1.4234372777);
  let bottom = f32x4.splat(0.12021132975);
  bottom = next(bottom, r, 0.73700164250);
  bottom = next(bottom, r, 1);
  return f32x4.div(top, bottom);
}
