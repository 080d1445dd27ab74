import { placeOf } from '../lint-folder.js';
import type { LintRule } from './lint-rule.js';

const why = 'A smallest or largest value is the value of one record.';

export const rawExtreme: LintRule = {
  id: 'raw-extreme',
  title: 'No minimum and no maximum',
  severity: 'fail',
  reason: 'The oldest patient and the longest stay are people.',
  find: ({ statistics, queries }) => [
    ...statistics.flatMap(({ rows: [first], columns }) =>
      columns
        .filter(({ meaning }) => meaning === 'extreme')
        .flatMap(({ key }) => {
          const at = first?.entries.get(key);
          return at ? [placeOf(at, why)] : [];
        }),
    ),
    ...queries
      .filter(({ purpose, analysis, sql }) =>
        analysis === null
          ? /\b(min|max)\s*\(/i.test(sql)
          : purpose !== 'fetched' && analysis.outputs.some(({ meaning }) => meaning === 'extreme'),
      )
      .map(({ node }) => placeOf(node, why)),
  ],
};
