import { pooledCategory } from '../../../core/profile/profile.js';
import type { ColumnSchema } from '../../../core/schema/schema.js';
import type { MissingBitmap } from '../../../core/table/table.js';
import type { PreparedCategories } from './prepared-column.js';
import { countSubjects, subjectsByKey } from './subject-counts.js';

export interface CategoriesToPrepare {
  readonly schema: ColumnSchema;
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
  readonly missing: MissingBitmap;
  readonly present: Int32Array;
}

/**
 * Pools the categories with fewer than `floor` rows (subjects, where they are given). Where they are too few even together, and in a boolean, which has
 * no name for a pool, their rows take the most frequent category: that one hides them best and loses nothing by it.
 */
export function prepareCategories(
  { schema, codes: source, dictionary, missing, present }: CategoriesToPrepare,
  floor: number,
  subjects?: Int32Array,
): PreparedCategories {
  const found = countCodes(source, present, dictionary.length);
  const people = subjectsByKey(present, (row) => source[row] ?? 0, dictionary.length, subjects);
  const isRare = (code: number): boolean => (people[code] ?? 0) < floor;
  const pooled = countSubjects(
    present.filter((row) => isRare(source[row] ?? 0)),
    subjects,
  );
  const kept = dictionary.filter((_, code) => !isRare(code));
  const mostFrequent = dictionary[found.indexOf(Math.max(...found))] ?? pooledCategory;
  const fallback = schema.type === 'boolean' || pooled < floor ? mostFrequent : pooledCategory;
  const names = [...new Set([...kept, fallback])].sort((a, b) => (a < b ? -1 : 1));
  const place = new Map(names.map((name, index) => [name, index]));
  const codeOf = Int32Array.from(dictionary, (name) => place.get(name) ?? place.get(fallback) ?? 0);
  const codes = source.map((code) => codeOf[code] ?? 0);
  const counts = countCodes(codes, present, names.length);
  return { kind: 'categories', schema, missing, present, codes, dictionary: names, counts };
}

function countCodes(codes: Int32Array, present: Int32Array, size: number): Int32Array {
  const counts = new Int32Array(size);
  for (const row of present) {
    const code = codes[row] ?? 0;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}
