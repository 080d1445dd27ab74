import type { Random } from '../../core/random/random.js';

const rounds = 8;
/** A half is the index of one draw, which has 53 bits. */
export const permutableBitsMax = 104;

/**
 * A permutation of the numbers below `size` that the stream fixes: the place of a number needs no other one's. A balanced Feistel
 * network (Luby and Rackoff 1988) over the next even power of two, walked until a number below `size` comes out.
 * @param size 1 to 2^104
 */
export function permutedIndex(size: bigint, random: Random): (position: bigint) => bigint {
  const bits = (size - 1n).toString(2).length;
  const half = Math.max(1, Math.ceil(bits / 2));
  const halfSize = 2 ** half;
  const shift = BigInt(half);
  const once = (value: bigint): bigint => {
    let left = Number(value >> shift);
    let right = Number(value & (BigInt(halfSize) - 1n));
    for (let round = 0; round < rounds; round += 1) {
      const mixed = (left + Math.floor(random.uniformAt(right, round) * halfSize)) % halfSize;
      [left, right] = [right, mixed];
    }
    return (BigInt(left) << shift) | BigInt(right);
  };
  return (position) => {
    let value = once(position);
    while (value >= size) value = once(value);
    return value;
  };
}
