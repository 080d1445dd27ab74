/**
 * The entry of a leaf that a uniform falls on, each in proportion to its rows, and where within the entry it falls
 * (0 to 1), which is a uniform of its own.
 * @param cumulative rows up to and with each entry; the leaf's are those from `start` to `end - 1`
 */
export function pickEntry(
  cumulative: Int32Array,
  start: number,
  end: number,
  uniform: number,
): { entry: number; rest: number } {
  const target = uniform * (cumulative[end - 1] ?? 0);
  let low = start;
  let high = end - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cumulative[middle] ?? 0) <= target) low = middle + 1;
    else high = middle;
  }
  const before = low > start ? (cumulative[low - 1] ?? 0) : 0;
  const rows = (cumulative[low] ?? 0) - before;
  return { entry: low, rest: rows > 0 ? (target - before) / rows : 0.5 };
}
