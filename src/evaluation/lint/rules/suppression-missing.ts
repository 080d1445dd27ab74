import { groupBy } from '../../../core/collections/group-by.js';
import { placeOf } from '../lint-folder.js';
import type { LintQuery } from '../readers/queries.js';
import type { LintRule } from './lint-rule.js';

export const suppressionMissing: LintRule = {
  id: 'suppression-missing',
  title: 'A generator that says "suppressed" suppresses in every part',
  severity: 'fail',
  reason:
    'The null-partitioned generators of datafaker (as of 0.2.3) leave the filter out of every part without a numeric column, so combinations of one record get through.',
  find: ({ queries }) =>
    [...partitions(queries).values()].flatMap((parts) => {
      const suppresses = parts.some(
        ({ analysis }) => (analysis?.grouping.least ?? 0) > leastWithoutSuppression,
      );
      if (!suppresses) return [];
      return parts
        .filter(({ analysis }) => analysis !== null && analysis.grouping.least === null)
        .map(({ node }) =>
          placeOf(node, 'Other parts of this generator keep small groups out; this one has lost the filter.'),
        );
    }),
};

/** Two records are needed for a variance, so this much of a filter is there without any suppression. */
const leastWithoutSuppression = 2;

/** The queries of one null-partitioned generator in one file. */
function partitions(queries: readonly LintQuery[]): Map<string, LintQuery[]> {
  const ofGenerators = queries.flatMap((query) => {
    const family = /^(auto__cov__.+__)(?:alt_\d+|counts)$/.exec(query.name)?.[1];
    return family === undefined || query.purpose !== 'open'
      ? []
      : [{ query, family: `${query.node.file} ${family}` }];
  });
  const families = groupBy(ofGenerators, ({ family }) => family);
  return new Map([...families].map(([family, parts]) => [family, parts.map(({ query }) => query)]));
}
