import { entryOf } from '../data-node.js';
import { isDateName, isDateType, looksLikeDate } from '../column-meaning.js';
import { placeOf, type LintFolder } from '../lint-folder.js';
import type { Place } from '../finding.js';
import { isBesideResults } from '../readers/queries.js';
import type { Statistic } from '../readers/statistics.js';
import type { LintRule } from './lint-rule.js';

const why =
  'The distinct values of a date column are listed; a date of birth, admission or death points to one person.';

export const dateValuesListed: LintRule = {
  id: 'date-values-listed',
  title: 'No list of the values of a date column',
  severity: 'fail',
  reason: 'Dates are nearly unique: a list of those that occur is a list of people.',
  find: (folder) => [
    ...folder.statistics.filter((one) => listsDates(one)).map(({ results }) => placeOf(results, why)),
    ...datesInQueries(folder),
    ...datesInProfiles(folder),
  ],
};

function listsDates({ rows, columns, ormTable }: Statistic): boolean {
  const inTable = ormTable?.columns ?? [];
  const dateColumns = new Set(inTable.filter(({ sqlType }) => isDateType(sqlType)).map(({ name }) => name));
  return columns.some(({ key, meaning, bare, columns: sources }) => {
    if (meaning !== 'value') return false;
    const named = bare && [key, ...sources].some((name) => isDateName(name) || dateColumns.has(name));
    return (named && rows.length > 0) || rows.some((row) => isDateValue(row.entries.get(key)));
  });
}

function isDateValue(node: Parameters<typeof entryOf>[0]): boolean {
  return node?.kind === 'scalar' && looksLikeDate(node.value);
}

/** In a configuration, before anybody has run it. */
function datesInQueries({ queries }: LintFolder): Place[] {
  return queries
    .filter((query) => query.purpose !== 'fetched' && !isBesideResults(query))
    .filter(({ analysis }) =>
      analysis?.outputs.some(
        ({ meaning, bare, columns }) => meaning === 'value' && bare && columns.some(isDateName),
      ),
    )
    .map(({ node }) => placeOf(node, why));
}

function datesInProfiles({ profiles }: LintFolder): Place[] {
  return profiles.flatMap(({ node, profile }) =>
    (profile?.columns ?? []).flatMap((column, index) => {
      if (column.kind !== 'categorical') return [];
      const columns = entryOf(node, 'columns');
      const at = columns?.kind === 'list' ? columns.items[index] : undefined;
      const isOfDates =
        isDateName(column.name) || column.categories.some(({ value }) => looksLikeDate(value));
      return at && isOfDates ? [placeOf(entryOf(at, 'categories') ?? at, why)] : [];
    }),
  );
}
