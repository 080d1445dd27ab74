const roundsMax = 200;

/**
 * The x with cdf(x) = p, by halving; the upper end of the range is moved out until it holds x.
 * @param range an interval whose lower end is no greater than x
 */
export function invertCdf(
  cdf: (x: number) => number,
  p: number,
  range: { readonly low: number; readonly high: number },
): number {
  let { low, high } = range;
  for (let round = 0; cdf(high) < p && round < roundsMax; round += 1) high += high - low;
  for (let round = 0; round < roundsMax; round += 1) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) return middle;
    if (cdf(middle) < p) low = middle;
    else high = middle;
  }
  return high;
}
