import { disclosedCount, disclosePresence } from '../../../core/profile/disclosed-count.js';
import { poolCategories } from '../../../core/profile/pool-categories.js';
import type { CategoricalProfile, DisclosureControl } from '../../../core/profile/profile.js';
import { isNull, numberOf } from '../data-node.js';
import type { Statistic } from '../readers/statistics.js';

export interface CountedColumn {
  readonly name: string;
  readonly profile: CategoricalProfile;
  readonly present: number;
  readonly missing: number;
}

interface Wanted {
  readonly name: string;
  readonly type: CategoricalProfile['type'];
  readonly valueKey: string;
  readonly countKey: string;
}

/** The categories of a column from a list of its values with counts, or why there are none. */
export function categoriesFrom(
  { rows }: Statistic,
  { name, type, valueKey, countKey }: Wanted,
  control: DisclosureControl,
): CountedColumn | string {
  const counts = new Map<string, number>();
  let missing = 0;
  for (const row of rows) {
    const node = row.entries.get(valueKey);
    const count = Math.round(numberOf(row.entries.get(countKey)) ?? -1);
    if (node?.kind !== 'scalar' || count < 0) return 'A row has no value or no count.';
    const value = String(node.value);
    if (counts.has(value)) return 'The same value is listed twice.';
    if (isNull(node)) missing += count;
    else counts.set(value, count);
  }
  const present = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const candidates = [...counts].map(([value, count]) => ({ value, count })).sort(byCount);
  const pooling = poolCategories(candidates, present, control);
  if (pooling === null || pooling.kept.length === 0) return 'Too few records are behind it.';
  const categories = pooling.kept.map(({ value, count }) => ({
    value,
    count: disclosedCount(count, control),
  }));
  const profile: CategoricalProfile = {
    ...{ kind: 'categorical', name, type },
    ...disclosePresence(present, missing, control),
    categories: categories.sort(byCount),
    pooledCount: disclosedCount(pooling.pooled, control),
  };
  return { name, profile, present, missing };
}

function byCount(a: { value: string; count: number }, b: { value: string; count: number }): number {
  return b.count - a.count || (a.value < b.value ? -1 : 1);
}
