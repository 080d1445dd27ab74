// Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11.
const multiplier0 = 0xd2511f53 | 0;
const multiplier1 = 0xcd9e8d57 | 0;
const weyl0 = 0x9e3779b9 | 0;
const weyl1 = 0xbb67ae85 | 0;
const rounds = 10;
// Bound once: looking `Math` up costs more than the multiplication where globals are proxied, as in Jest.
const imul = Math.imul;

/**
 * The block that belongs to a counter and a key: `block` holds the 128-bit counter on entry (four words, lowest
 * first) and the four words of output on return. In place and int32 throughout, because this is the hot path.
 */
export function philox(block: Int32Array, key0: number, key1: number): void {
  let c0 = block[0] ?? 0;
  let c1 = block[1] ?? 0;
  let c2 = block[2] ?? 0;
  let c3 = block[3] ?? 0;
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < rounds; round += 1) {
    const high0 = multiplyHigh(multiplier0, c0);
    const high1 = multiplyHigh(multiplier1, c2);
    const low0 = imul(multiplier0, c0);
    const low1 = imul(multiplier1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + weyl0) | 0;
    k1 = (k1 + weyl1) | 0;
  }
  block[0] = c0;
  block[1] = c1;
  block[2] = c2;
  block[3] = c3;
}

/** Upper 32 bits of the unsigned 64-bit product, from 16-bit halves: every partial sum stays below 2^32. */
function multiplyHigh(left: number, right: number): number {
  const leftLow = left & 0xffff;
  const leftHigh = left >>> 16;
  const rightLow = right & 0xffff;
  const rightHigh = right >>> 16;
  const low = imul(leftLow, rightLow) >>> 16;
  const middle = (imul(leftHigh, rightLow) + low) | 0;
  const cross = (imul(leftLow, rightHigh) + (middle & 0xffff)) | 0;
  return (imul(leftHigh, rightHigh) + (middle >>> 16) + (cross >>> 16)) | 0;
}
