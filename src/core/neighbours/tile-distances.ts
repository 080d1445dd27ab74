import type { MixedMatrix } from './mixed-matrix.js';

/**
 * Minus twice the products of 4 queries with 2 references, into `tile[4 * reference + query]`. Eight sums stay in
 * registers; plain loops over one pair at a time are three times slower.
 */
export function productTile(
  { numbers: left, numberWidth: width }: MixedMatrix,
  query: number,
  { numbers: right }: MixedMatrix,
  reference: number,
  tile: Float64Array,
): void {
  let s00 = 0;
  let s10 = 0;
  let s20 = 0;
  let s30 = 0;
  let s01 = 0;
  let s11 = 0;
  let s21 = 0;
  let s31 = 0;
  let [q0, r0] = [query * width, reference * width];
  let q1 = q0 + width;
  let q2 = q1 + width;
  let q3 = q2 + width;
  for (let r1 = r0 + width, end = r1; r0 < end; r0++, r1++, q0++, q1++, q2++, q3++) {
    const b0 = right[r0] ?? 0;
    const b1 = right[r1] ?? 0;
    const a0 = left[q0] ?? 0;
    const a1 = left[q1] ?? 0;
    const a2 = left[q2] ?? 0;
    const a3 = left[q3] ?? 0;
    s00 += a0 * b0;
    s10 += a1 * b0;
    s20 += a2 * b0;
    s30 += a3 * b0;
    s01 += a0 * b1;
    s11 += a1 * b1;
    s21 += a2 * b1;
    s31 += a3 * b1;
  }
  tile[0] = -2 * s00;
  tile[1] = -2 * s10;
  tile[2] = -2 * s20;
  tile[3] = -2 * s30;
  tile[4] = -2 * s01;
  tile[5] = -2 * s11;
  tile[6] = -2 * s21;
  tile[7] = -2 * s31;
}

/** Adds to the same tile the number of codes in which each pair differs. */
export function addMismatches(
  { codes: left, codeWidth: width }: MixedMatrix,
  query: number,
  { codes: right }: MixedMatrix,
  reference: number,
  tile: Float64Array,
): void {
  let [r0, place] = [reference * width, 0];
  for (let row = 0; row < 2; row++, r0 += width) {
    let q0 = query * width;
    for (let column = 0; column < 4; column++, place++) {
      let differing = 0;
      for (let at = 0; at < width; at++, q0++) differing += left[q0] === right[r0 + at] ? 0 : 1;
      tile[place] = (tile[place] ?? 0) + differing;
    }
  }
}
