/**
 * The codes in the order in which a Gaussian copula can follow them: by the mean score of that other column whose
 * variance they explain best, and by falling frequency where there is none.
 * @param codes code of each row, NaN where missing
 * @param counts rows of each code
 * @param guides scores of other columns for the same rows, NaN where missing
 */
export function categoryOrder(
  codes: Float64Array,
  counts: Int32Array,
  guides: readonly Float64Array[],
): number[] {
  const order = Array.from(counts.keys()).sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  if (order.length < 3) return order;
  let best = 0;
  let means: Float64Array | null = null;
  for (const scores of guides) {
    const found = between(codes, scores, counts.length);
    if (found.explained <= best) continue;
    best = found.explained;
    means = found.means;
  }
  if (means === null) return order;
  const place = means;
  return order.sort((a, b) => (place[a] ?? 0) - (place[b] ?? 0) || a - b);
}

/** Mean score of each code, and the variance between the codes. */
function between(
  codes: Float64Array,
  scores: Float64Array,
  size: number,
): { means: Float64Array; explained: number } {
  const sums = new Float64Array(size);
  const rows = new Float64Array(size);
  codes.forEach((code, row) => {
    const score = scores[row] ?? NaN;
    if (Number.isNaN(code + score)) return;
    sums[code] = (sums[code] ?? 0) + score;
    rows[code] = (rows[code] ?? 0) + 1;
  });
  const total = rows.reduce((sum, count) => sum + count, 0);
  const mean = sums.reduce((sum, value) => sum + value, 0) / Math.max(1, total);
  const means = sums.map((sum, code) => ((rows[code] ?? 0) > 0 ? sum / (rows[code] ?? 1) : 0));
  const explained = means.reduce((sum, value, code) => sum + (rows[code] ?? 0) * (value - mean) ** 2, 0);
  return { means, explained: explained / Math.max(1, total) };
}
