import { pooledCategory } from '../../../core/profile/profile.js';
import type { ColumnProfile } from '../../../core/profile/profile.js';
import { valueText } from '../differencing/cell-words.js';

/** Everything a profile says of one column, by what it is about; null = said to be a few, and suppressed. */
export function figuresOf(column: ColumnProfile): Map<string, number | null> {
  const figures = new Map<string, number | null>([
    ['present', column.count],
    ['missing', column.missingCount],
  ]);
  if (column.kind === 'categorical') {
    for (const { value, count } of column.categories) figures.set(`category ${value}`, count);
    if (column.pooledCount > 0) figures.set(`pool ${pooledCategory}`, column.pooledCount);
  }
  if (column.kind === 'numeric') {
    for (const [bin, count] of column.counts.entries()) {
      const [from, to] = [column.edges[bin], column.edges[bin + 1]].map((edge) =>
        valueText(edge ?? NaN, column.type),
      );
      figures.set(`range ${from ?? ''} to under ${to ?? ''}`, count);
    }
  }
  return figures;
}
