import { isIdentifierName } from '../column-meaning.js';
import type { Place } from '../finding.js';
import { placeOf } from '../lint-folder.js';
import { isBesideResults } from '../readers/queries.js';
import type { ResultColumn } from '../readers/result-columns.js';
import type { Statistic } from '../readers/statistics.js';
import type { LintRule } from './lint-rule.js';

const whyListed = 'The values of an identifier column are listed: each stands for one record.';
const whyAveraged = 'A figure was computed from an identifier column; identifiers are never summarised.';

export const identifierSummarised: LintRule = {
  id: 'identifier-summarised',
  title: 'No figure and no list from an identifier column',
  severity: 'fail',
  reason: 'Identifiers tell records apart; any summary of them says which records there are.',
  find: (folder) => [
    ...folder.statistics.flatMap(inStatistic),
    ...folder.queries
      .filter((query) => query.purpose !== 'fetched' && !isBesideResults(query))
      .flatMap(({ node, analysis }) =>
        // One finding a query: its text has no places of its own.
        (analysis?.outputs ?? [])
          .filter((output) => isOfIdentifier({ key: output.name ?? '', ...output }, new Set()))
          .slice(0, 1)
          .map(({ meaning }) => placeOf(node, meaning === 'value' ? whyListed : whyAveraged)),
      ),
  ],
};

function inStatistic({ rows, results, columns, ormTable }: Statistic): Place[] {
  const [first] = rows;
  if (first === undefined) return [];
  const inTable = ormTable?.columns ?? [];
  const primary = new Set(inTable.filter((column) => column.primary).map(({ name }) => name));
  return columns
    .filter((column) => isOfIdentifier(column, primary))
    .map(({ key, meaning }) =>
      meaning === 'value'
        ? placeOf(results, whyListed)
        : placeOf(first.entries.get(key) ?? results, whyAveraged),
    );
}

function isOfIdentifier(
  { key, meaning, bare, columns }: Pick<ResultColumn, 'key' | 'meaning' | 'bare' | 'columns'>,
  primary: ReadonlySet<string>,
): boolean {
  if (meaning === 'count' || meaning === 'constant') return false;
  if (meaning === 'value' && !bare) return isIdentifierName(key);
  return columns.some((name) => isIdentifierName(name) || primary.has(name));
}
