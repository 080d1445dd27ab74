import { numberOf } from '../data-node.js';
import { placeOf } from '../lint-folder.js';
import type { LintRule } from './lint-rule.js';

export const countUnknown: LintRule = {
  id: 'count-unknown',
  title: 'Every category and every figure comes with its count',
  severity: 'fail',
  reason:
    'Without a count nobody can see what is rare, so an unknown count is treated as one under the floor.',
  find: ({ statistics }) =>
    statistics.flatMap(({ results, rows, columns }) => {
      const counts = columns.filter(({ meaning }) => meaning === 'count').map(({ key }) => key);
      if (rows.length === 0) return [];
      if (counts.length === 0) {
        const why =
          'No row says how many records are behind it, so each is treated as being under the floor.';
        return [placeOf(results, why)];
      }
      const without = rows.filter((row) =>
        counts.some((key) => numberOf(row.entries.get(key)) === undefined),
      );
      return without.map((row) => placeOf(row, 'This row has no count, or one that is no number.'));
    }),
};
