/** Adjacent grid cells in ascending order; cell i holds `counts[i]` records. */
export interface MergeLimits {
  readonly cellCountMin: number;
  readonly binsMax: number;
}

/** Bin i is made of the cells `starts[i]` to `starts[i + 1] - 1`. */
export interface MergedCells {
  readonly starts: readonly number[];
  readonly counts: readonly number[];
}

/**
 * Joins neighbouring cells to bins of about equal count: each of at least `cellCountMin` records, at most `binsMax`.
 * A cell that could be a bin of its own stays alone where the floor allows. Needs at least `cellCountMin` records.
 */
export function mergeCells(cells: readonly number[], limits: MergeLimits): MergedCells {
  const total = cells.reduce((sum, count) => sum + count, 0);
  // A lone heap closes the bin before it early, so the first target may give too many bins; a larger one gives fewer.
  for (let target = Math.max(limits.cellCountMin, total / limits.binsMax); ; target *= 1.25) {
    const merged = mergeToTarget(cells, target, limits.cellCountMin);
    if (merged.counts.length <= limits.binsMax || target > total) return merged;
  }
}

function mergeToTarget(cells: readonly number[], target: number, floor: number): MergedCells {
  const starts: number[] = [];
  const counts: number[] = [];
  let start = 0;
  let gathered = 0;
  const close = (next: number): void => {
    starts.push(start);
    counts.push(gathered);
    start = next;
    gathered = 0;
  };
  cells.forEach((count, index) => {
    if (gathered >= floor && count >= target) close(index);
    gathered += count;
    if (gathered >= target) close(index + 1);
  });
  if (gathered >= floor) close(cells.length);
  else if (counts.length > 0) counts[counts.length - 1] = (counts.at(-1) ?? 0) + gathered;
  else close(cells.length);
  return { starts, counts };
}
