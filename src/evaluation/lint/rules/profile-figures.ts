import { disclosedCount } from '../../../core/profile/disclosed-count.js';
import type { ColumnProfile, DisclosureControl, Profile } from '../../../core/profile/profile.js';
import { entryOf, itemsOf, type DataNode } from '../data-node.js';
import type { ProfileFile } from '../readers/profile-file.js';

/** One count that a profile publishes, and where. */
export interface ProfileCount {
  readonly node: DataNode;
  readonly count: number;
  /** Zero says that there is no such thing: nothing missing, nothing pooled. A bin or category of zero is an error. */
  readonly mayBeZero: boolean;
}

export interface CheckedProfile {
  readonly node: DataNode;
  readonly profile: Profile;
  readonly columns: readonly { readonly node: DataNode; readonly column: ColumnProfile }[];
}

/** Those profiles that are whole, with the place of each column. */
export function wholeProfiles(profiles: readonly ProfileFile[]): CheckedProfile[] {
  return profiles.flatMap(({ node, profile }) => {
    if (profile === null) return [];
    const places = itemsOf(entryOf(node, 'columns'));
    const columns = profile.columns.map((column, index) => ({ node: places[index] ?? node, column }));
    return [{ node, profile, columns }];
  });
}

export function countsOf({ node, profile, columns }: CheckedProfile): ProfileCount[] {
  const rows = { node: entryOf(node, 'rows') ?? node, count: profile.rows, mayBeZero: false };
  return [rows, ...columns.flatMap(({ node: at, column }) => countsOfColumn(at, column))];
}

function countsOfColumn(node: DataNode, column: ColumnProfile): ProfileCount[] {
  const field = (name: string, count: number | null): ProfileCount[] =>
    count === null ? [] : [{ node: entryOf(node, name) ?? node, count, mayBeZero: true }];
  const inList = (name: string, counts: readonly number[], key?: string): ProfileCount[] => {
    const places = itemsOf(entryOf(node, name));
    return counts.map((count, index) => {
      const item = places[index] ?? node;
      return { node: key === undefined ? item : (entryOf(item, key) ?? item), count, mayBeZero: false };
    });
  };
  const common = [...field('count', column.count), ...field('missingCount', column.missingCount)];
  switch (column.kind) {
    case 'numeric':
      return [...common, ...inList('counts', column.counts)];
    case 'categorical': {
      const counts = column.categories.map(({ count }) => count);
      return [
        ...common,
        ...inList('categories', counts, 'count'),
        ...field('pooledCount', column.pooledCount),
      ];
    }
    case 'withheld':
      return common;
  }
}

/** A count at the floor may be published as less: 12 rounded to fives is 10. */
export function publishedMin(profile: Profile, { cellCountMin }: DisclosureControl): number {
  const { countRounding } = profile.disclosureControl;
  return Math.min(cellCountMin, disclosedCount(cellCountMin, { cellCountMin, countRounding }));
}
