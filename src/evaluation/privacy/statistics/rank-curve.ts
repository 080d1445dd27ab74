/** How well a score tells members from others. */
export interface RankCurve {
  /** Area under the curve: the probability that a member scores higher, ties counted half. */
  readonly area: number;
  readonly standardError: number;
  /** Share of the members found when 1 % of the others are accused as well. */
  readonly foundAtOnePercent: number;
}

/** The error is DeLong's (1988): the variance of each member's and each other's share of comparisons won. */
export function rankCurve(members: Float64Array, others: Float64Array): RankCurve {
  const [sortedMembers, sortedOthers] = [members.toSorted(), others.toSorted()];
  const won = members.map((score) => shareBelow(sortedOthers, score));
  const lost = others.map((score) => 1 - shareBelow(sortedMembers, score));
  const area = mean(won);
  const standardError = Math.sqrt(variance(won) / members.length + variance(lost) / others.length);
  const cut = sortedOthers[Math.ceil(others.length * 0.99) - 1] ?? Infinity;
  return { area, standardError, foundAtOnePercent: mean(members.map((score) => (score > cut ? 1 : 0))) };
}

/** Ties count half. */
function shareBelow(sorted: Float64Array, score: number): number {
  return (
    (countWhile(sorted, (other) => other < score) + countWhile(sorted, (other) => other <= score)) /
    2 /
    sorted.length
  );
}

function countWhile(sorted: Float64Array, holds: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(sorted[middle] ?? NaN)) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Of a sample, so divided by n - 1. */
export function variance(values: Float64Array): number {
  const middle = mean(values);
  let sum = 0;
  for (const value of values) sum += (value - middle) ** 2;
  return sum / (values.length - 1);
}
