/**
 * Cuts between bins of about equal count, at most `binCount - 1` of them, ascending and distinct. A value that many
 * rows share is never parted. Cuts lie midway between neighbouring values.
 */
export function quantileCuts(sorted: Float64Array, binCount: number): Float64Array {
  const cuts: number[] = [];
  const count = sorted.length;
  let last = -Infinity;
  for (let bin = 1; bin < binCount; bin += 1) {
    let index = Math.floor((bin * count) / binCount);
    const value = sorted[index] ?? NaN;
    while (index > 0 && sorted[index - 1] === value) index -= 1;
    if (index === 0 || value === last) continue;
    cuts.push(middleOf(sorted[index - 1] ?? NaN, value));
    last = value;
  }
  return Float64Array.from(cuts);
}

/** The number of cuts at or below the value: its bin, counted from 0. */
export function binOf(cuts: Float64Array, value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cuts[middle] ?? Infinity) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function middleOf(below: number, above: number): number {
  const middle = below + (above - below) / 2;
  return middle > below ? middle : above; // Neighbouring doubles have no middle.
}
