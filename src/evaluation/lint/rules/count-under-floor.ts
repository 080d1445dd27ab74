import { numberOf, type DataNode } from '../data-node.js';
import { placeOf } from '../lint-folder.js';
import type { Statistic } from '../readers/statistics.js';
import type { LintRule } from './lint-rule.js';

export const countUnderFloor: LintRule = {
  id: 'count-under-floor',
  title: 'No category and no figure rests on fewer records than the floor',
  severity: 'fail',
  reason: 'A value that few people have points to them.',
  find: ({ statistics }, { cellCountMin }) =>
    statistics.flatMap((one) =>
      countsOf(one)
        .filter(({ count }) => count < cellCountMin && count !== 0)
        .map(({ node }) => placeOf(node, `Fewer than ${cellCountMin} records are behind this row.`)),
    ),
};

export const countZero: LintRule = {
  id: 'count-zero',
  title: 'No category is said to have nobody in it',
  severity: 'review',
  reason: 'That nobody has a value can say something about everybody.',
  find: ({ statistics }) =>
    statistics.flatMap((one) =>
      countsOf(one)
        .filter(({ count }) => count === 0)
        .map(({ node }) => placeOf(node, 'The row says that nobody is in this group.')),
    ),
};

function countsOf({ rows, columns }: Statistic): { node: DataNode; count: number }[] {
  const keys = columns.filter(({ meaning }) => meaning === 'count').map(({ key }) => key);
  return rows.flatMap((row) =>
    keys.flatMap((key) => {
      const node = row.entries.get(key);
      const count = numberOf(node);
      return node && count !== undefined ? [{ node, count }] : [];
    }),
  );
}
