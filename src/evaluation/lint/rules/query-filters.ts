import type { Place } from '../finding.js';
import { placeOf, type LintFolder } from '../lint-folder.js';
import type { SqlAnalysis } from '../sql/analyse-sql.js';
import type { LintRule } from './lint-rule.js';

/** Places of those queries whose result leaves as it is, for which `why` has a sentence. */
function inOpenQueries({ queries }: LintFolder, why: (analysis: SqlAnalysis) => string | null): Place[] {
  return queries.flatMap(({ node, purpose, analysis }) => {
    const sentence = purpose === 'open' && analysis !== null ? why(analysis) : null;
    return sentence === null ? [] : [placeOf(node, sentence)];
  });
}

export const queryWithoutCountFilter: LintRule = {
  id: 'query-without-count-filter',
  title: 'Every query keeps small groups out',
  severity: 'fail',
  reason:
    'A query that lists every value lists the rare ones, and the next run may bring ones that this file has not.',
  find: (folder) =>
    inOpenQueries(folder, ({ grouping: { kind, least }, outputs }) => {
      if (least !== null) return null;
      if (kind === 'groups')
        return 'The query lists every group: no HAVING and no WHERE keeps small ones out.';
      const counts = outputs.some(({ meaning }) => meaning === 'count');
      return kind === 'whole' && !counts ? 'The query gives figures without the count they rest on.' : null;
    }),
};

export const countFilterUnderFloor: LintRule = {
  id: 'count-filter-under-floor',
  title: 'No query lets groups under the floor through',
  severity: 'fail',
  reason: 'A filter that is laxer than the policy is no protection: datafaker suppresses up to 7 records.',
  find: (folder, { cellCountMin }) =>
    inOpenQueries(folder, ({ grouping: { kind, least } }) =>
      kind === 'groups' && least !== null && least < cellCountMin
        ? `The query's filter lets groups of fewer than ${cellCountMin} records through.`
        : null,
    ),
};

export const recordsListed: LintRule = {
  id: 'records-listed',
  title: 'No query brings single records',
  severity: 'fail',
  reason: 'Rows of the source are no summary.',
  find: (folder) =>
    inOpenQueries(folder, ({ grouping: { kind } }) =>
      kind === 'records' ? 'The query neither groups nor counts: its result is rows of the source.' : null,
    ),
};

export const queryNotUnderstood: LintRule = {
  id: 'query-not-understood',
  title: 'Every query can be followed',
  severity: 'review',
  reason: 'The linter reads SQL lightly; what it cannot follow a person must.',
  find: ({ queries }) =>
    queries.flatMap(({ node, analysis, purpose }) => {
      if (purpose === 'fetched') return []; // Its result does not leave.
      if (analysis === null) return [placeOf(node, 'This is no SELECT that the linter can follow.')];
      return analysis.joinedAfterwards && purpose === 'open'
        ? [
            placeOf(
              node,
              'A table is joined to the groups after counting; see that no new group comes about.',
            ),
          ]
        : [];
    }),
};
