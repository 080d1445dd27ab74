import type { GrownTree } from '../../../core/trees/grow-tree.js';
import type { CategoryLeaves } from './model.js';
import type { PreparedCategories } from '../guards/prepared-column.js';

/** The donors of each leaf as categories with counts. */
export function categoryLeaves(
  { rows, leafStarts }: GrownTree,
  { codes: source, dictionary }: PreparedCategories,
): CategoryLeaves {
  const starts = [0];
  const codes: number[] = [];
  const cumulative: number[] = [];
  const counts = new Int32Array(dictionary.length);
  for (let leaf = 0; leaf + 1 < leafStarts.length; leaf += 1) {
    const donors = rows.subarray(leafStarts[leaf], leafStarts[leaf + 1]).map((row) => source[row] ?? 0);
    for (const code of donors) counts[code] = (counts[code] ?? 0) + 1;
    let sum = 0;
    for (const code of donors.sort()) {
      const count = counts[code] ?? 0;
      if (count === 0) continue; // This code has had its entry.
      counts[code] = 0;
      sum += count;
      codes.push(code);
      cumulative.push(sum);
    }
    starts.push(codes.length);
  }
  return {
    starts: Int32Array.from(starts),
    codes: Int32Array.from(codes),
    cumulative: Int32Array.from(cumulative),
  };
}
