import type { DisclosureControl } from './profile.js';

export interface CategoryCount {
  readonly value: string;
  readonly count: number;
}

export interface PooledCategories {
  readonly kept: readonly CategoryCount[];
  /** True number of records in no kept category: 0, or at least `cellCountMin`. */
  readonly pooled: number;
}

/**
 * Keeps the most frequent categories of a column and pools the rest. `categories` are the candidates in order of
 * descending count, `present` the records with any category. Null when nothing can be said.
 */
export function poolCategories(
  categories: readonly CategoryCount[],
  present: number,
  { cellCountMin, categoriesMax }: DisclosureControl,
): PooledCategories | null {
  if (present < cellCountMin) return null;
  const kept = categories.filter(({ count }) => count >= cellCountMin).slice(0, categoriesMax);
  let pooled = present - kept.reduce((sum, { count }) => sum + count, 0);
  // A pool this small could be one person; the smallest kept category hides it.
  if (pooled > 0 && pooled < cellCountMin) {
    const joined = kept.pop();
    if (joined === undefined) return null;
    pooled += joined.count;
  }
  return { kept, pooled };
}
