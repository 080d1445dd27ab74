import type { ColumnProfile, WithheldProfile } from '../../../core/profile/profile.js';
import { countText, plural } from '../../figure.js';
import { valueText } from '../differencing/cell-words.js';

const withheldWords = {
  identifier: 'it identifies people',
  'free-text': 'it is free text',
  'too-few-values': 'too few records have a value',
} as const satisfies Record<WithheldProfile['reason'], string>;

/** Why nothing is said of a withheld column's values. */
export function reasonWords(reason: WithheldProfile['reason']): string {
  return withheldWords[reason];
}

/** What the profile tells of one column: "age: counts of 12 ranges from 40 to under 90; 10 missing". */
export function describeColumn(column: ColumnProfile, cellCountMin: number): string {
  return `${column.name}: ${valuesWords(column)}; ${missingWords(column, cellCountMin)}`;
}

function valuesWords(column: ColumnProfile): string {
  switch (column.kind) {
    case 'withheld':
      return `nothing of its values, as ${reasonWords(column.reason)}`;
    case 'categorical': {
      const pool =
        column.pooledCount === 0 ? 'none pooled' : `${countText(column.pooledCount)} records pooled`;
      return `counts of ${plural(column.categories.length, 'category', 'categories')}, ${pool}`;
    }
    case 'numeric': {
      const { edges, counts, type } = column;
      const [low, high] = [edges[0] ?? NaN, edges.at(-1) ?? NaN].map((edge) => valueText(edge, type));
      return `counts of ${plural(counts.length, 'range')} between ${low ?? '?'} and ${high ?? '?'}`;
    }
  }
}

function missingWords({ missingCount }: ColumnProfile, cellCountMin: number): string {
  if (missingCount === null) return `fewer than ${cellCountMin} missing (number suppressed)`;
  return missingCount === 0 ? 'none missing' : `${countText(missingCount)} missing`;
}
