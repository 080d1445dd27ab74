/** How many subjects the rows are of; each row is one where no subjects are given. */
export function countSubjects(rows: Int32Array, subjects?: Int32Array): number {
  if (!subjects) return rows.length;
  return new Set(rows.map((row) => subjects[row] ?? 0)).size;
}

/**
 * How many subjects have each key.
 * @param keyOf from 0 to `size - 1`
 */
export function subjectsByKey(
  rows: Int32Array,
  keyOf: (row: number) => number,
  size: number,
  subjects?: Int32Array,
): Int32Array {
  const counts = new Int32Array(size);
  const met = new Set<number>();
  for (const row of rows) {
    const key = keyOf(row);
    if (subjects) {
      const pair = (subjects[row] ?? 0) * size + key;
      if (met.has(pair)) continue;
      met.add(pair);
    }
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
