/**
 * Places numbers by their rank among the real ones, train and holdout alike: 0 is the smallest, 1 the largest, ties
 * share the middle of their ranks. So no unit and no outlier stretches a column, and the scale favours neither half.
 * Numbers between two real ones lie between their places, numbers beyond the ends at the ends.
 */
export function rankScale(real: readonly Float64Array[]): (value: number) => number {
  const sorted = Float64Array.from(real.flatMap((cells) => [...cells.filter((cell) => !Number.isNaN(cell))]));
  sorted.sort();
  const values: number[] = [];
  const places: number[] = [];
  for (let start = 0; start < sorted.length;) {
    let end = start + 1;
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    values.push(sorted[start] ?? 0);
    places.push((start + end) / 2 / sorted.length);
    start = end;
  }
  return (value) => placeOf(values, places, value);
}

function placeOf(values: readonly number[], places: readonly number[], value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? Infinity) <= value) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return values[0] === undefined ? 0.5 : 0;
  const [left = 0, right] = [values[low - 1], values[low]];
  const place = places[low - 1] ?? 0;
  if (left === value) return place;
  if (right === undefined) return 1;
  return place + (((places[low] ?? 1) - place) * (value - left)) / (right - left);
}
