import type { Random } from '../../core/random/random.js';

/**
 * The rows to learn from, so that nobody weighs more than many others: of a subject with more rows than the
 * `count`-th largest has, so many are chosen at random. What a table is like is else what its few largest subjects are.
 * @returns 1 for a row that is learned from; null when all are
 */
export function boundSubjects(subjects: Int32Array, count: number, random: Random): Uint8Array | null {
  const rowsOf = new Map<number, number[]>();
  subjects.forEach((subject, row) => {
    const rows = rowsOf.get(subject);
    if (rows) rows.push(row);
    else rowsOf.set(subject, [row]);
  });
  const sizes = [...rowsOf.values()].map((rows) => rows.length).sort((a, b) => b - a);
  const most = sizes[Math.min(count, sizes.length) - 1] ?? 0;
  if ((sizes[0] ?? 0) <= most) return null;
  const learned = new Uint8Array(subjects.length).fill(1);
  for (const rows of rowsOf.values()) {
    if (rows.length <= most) continue;
    const order = rows.map((row) => ({ row, key: random.uniformAt(row) })).sort((a, b) => a.key - b.key);
    for (const { row } of order.slice(most)) learned[row] = 0;
  }
  return learned;
}
