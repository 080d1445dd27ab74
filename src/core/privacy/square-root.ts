/** The largest whole number whose square is at most `value`. @throws {RangeError} below 0 */
export function squareRoot(value: bigint): bigint {
  if (value < 0n) throw new RangeError(`${value.toString()} has no root.`);
  if (value < 2n) return value;
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const better = (root + value / root) >> 1n;
    if (better >= root) return root;
    root = better;
  }
}
