import { randomFillSync } from 'node:crypto';

/** Where the noise of differential privacy comes from. */
export interface RandomBits {
  /** The next 32 bits, as a whole number in [0, 2^32). */
  uint32(): number;
}

const wordsDrawn = 16_384;

/**
 * Bits of the operating system's generator for cryptography, 64 kB at a time. There is no seed: noise that anybody can
 * make again can be taken off again. A word is wiped when it is handed out.
 */
export function systemBits(): RandomBits {
  const words = new Uint32Array(wordsDrawn);
  let next = wordsDrawn;
  return {
    uint32: () => {
      if (next === wordsDrawn) {
        randomFillSync(words);
        next = 0;
      }
      const word = words[next] ?? 0;
      words[next] = 0;
      next += 1;
      return word;
    },
  };
}

const twoTo32 = 0x1_0000_0000;
const wholeMax = 2 ** 53;

/**
 * A whole number in [0, limit), each exactly as likely: bits beyond the length of `limit` are dropped, and what is
 * still too large is drawn again.
 * @param limit a whole number from 1 to 2^53
 */
export function uniformBelow(bits: RandomBits, limit: number): number {
  if (!Number.isSafeInteger(limit - 1) || limit < 1 || limit > wholeMax)
    throw new RangeError(`${limit} is not a whole number from 1 to 2^53.`);
  const highest = limit - 1;
  if (highest < twoTo32) {
    const shift = Math.clz32(highest);
    if (shift === 32) return 0;
    for (;;) {
      const drawn = bits.uint32() >>> shift;
      if (drawn <= highest) return drawn;
    }
  }
  const shift = Math.clz32(Math.floor(highest / twoTo32));
  for (;;) {
    const drawn = (bits.uint32() >>> shift) * twoTo32 + bits.uint32();
    if (drawn <= highest) return drawn;
  }
}

/** As `uniformBelow`, for any limit above 0. */
export function uniformBelowBig(bits: RandomBits, limit: bigint): bigint {
  if (limit < 1n) throw new RangeError(`${limit.toString()} is not above 0.`);
  const highest = limit - 1n;
  const length = highest === 0n ? 0 : highest.toString(2).length;
  const words = Math.ceil(length / 32);
  const shift = 32 * words - length;
  for (;;) {
    let drawn = 0n;
    for (let word = 0; word < words; word += 1)
      drawn = (drawn << 32n) | BigInt(bits.uint32() >>> (word === 0 ? shift : 0));
    if (drawn < limit) return drawn;
  }
}
