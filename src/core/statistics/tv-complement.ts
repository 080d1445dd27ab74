/** Count of records by category; missing cells left out. */
export type CategoryCounts = ReadonlyMap<string, number>;

/** What SDMetrics takes for the count of a category that only the synthetic column has. */
const unseenCount = 1e-6;

/**
 * One minus the total variation distance of two category distributions: 1 means equal, 0 disjoint.
 * As SDMetrics 0.29 TVComplement, its shift of about 1e-7 for unseen categories included. NaN if either is empty.
 */
export function tvComplement(real: CategoryCounts, synthetic: CategoryCounts): number {
  const syntheticTotal = total(synthetic);
  if (total(real) === 0 || syntheticTotal === 0) return NaN;
  const padded = new Map(real);
  for (const category of synthetic.keys()) {
    if (!padded.has(category)) padded.set(category, unseenCount);
  }
  const realTotal = total(padded);
  let distance = 0;
  for (const [category, count] of padded) {
    distance += Math.abs((synthetic.get(category) ?? 0) / syntheticTotal - count / realTotal);
  }
  return 1 - 0.5 * distance;
}

function total(counts: CategoryCounts): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}
