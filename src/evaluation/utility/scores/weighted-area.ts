/** Rows by rising score, ready for the area under the curve of any weights of them. */
export interface RankedScores {
  readonly order: Uint32Array;
  /** Where each run of equal scores ends in `order`. */
  readonly runEnds: Uint32Array;
}

export function rankScores(scores: Float64Array): RankedScores {
  const order = Uint32Array.from(scores, (_, row) => row).sort(
    (left, right) => (scores[left] ?? 0) - (scores[right] ?? 0),
  );
  const runEnds: number[] = [];
  order.forEach((row, at) => {
    const next = order[at + 1];
    if (next === undefined || scores[next] !== scores[row]) runEnds.push(at + 1);
  });
  return { order, runEnds: Uint32Array.from(runEnds) };
}

/**
 * Chance that a row of the class scores above one that is not of it, ties counting half, each row counting `weights`
 * times; NaN when either has no weight.
 */
export function weightedArea(
  { order, runEnds }: RankedScores,
  isOfClass: (row: number) => boolean,
  weights: Float64Array,
): number {
  let [won, below, positives, at] = [0, 0, 0, 0];
  for (const end of runEnds) {
    let [own, others] = [0, 0];
    for (; at < end; at += 1) {
      const row = order[at] ?? 0;
      if (isOfClass(row)) own += weights[row] ?? 0;
      else others += weights[row] ?? 0;
    }
    won += own * (below + others / 2);
    positives += own;
    below += others;
  }
  return won / (positives * below);
}
