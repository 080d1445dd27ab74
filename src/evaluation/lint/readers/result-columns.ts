import { tokensOf } from '../column-meaning.js';
import type { OutputMeaning } from '../sql/outputs.js';
import type { LintQuery } from './queries.js';

/** What a column of a result is, and which columns of the source are behind it. */
export interface ResultColumn {
  readonly key: string;
  readonly meaning: OutputMeaning;
  readonly columns: readonly string[];
  /** Holds the source's values as they stand, when it holds values. */
  readonly bare: boolean;
}

const countNames = new Set([
  'count',
  'counts',
  'n',
  'num',
  'cnt',
  'freq',
  'frequency',
  'row_count',
  'the_count',
]);
const averageTokens = new Set(
  'mean avg average std stddev stdev sd var variance logmean logstddev sum median quantile covariance'.split(
    ' ',
  ),
);
const extremeTokens = new Set(
  'min max minimum maximum lowest highest smallest largest earliest latest'.split(' '),
);

/** The query says it where we can follow the query; else the names must do. */
export function resultColumn(
  key: string,
  { query, column }: { query: LintQuery | undefined; column: string | undefined },
): ResultColumn {
  const outputs = query?.analysis?.outputs ?? [];
  const output = outputs.find(({ name }) => name === key.toLowerCase());
  if (output) return { key, meaning: output.meaning, columns: output.columns, bare: output.bare };
  const meaning = meaningOfName(key, query !== undefined);
  return { key, meaning, columns: columnsOfName(key, column), bare: !key.endsWith('__is_null') };
}

function meaningOfName(key: string, hasQuery: boolean): OutputMeaning {
  const tokens = tokensOf(key);
  // A query that does not make this column says nothing about it, not even that it counts.
  if (!hasQuery && countNames.has(key.toLowerCase())) return 'count';
  if (key === 'rank') return 'constant';
  if (tokens.some((token) => extremeTokens.has(token))) return 'extreme';
  if (/^[ms]\d+$|^[cs]\d+_\d+$/.test(key)) return 'average';
  return tokens.some((token) => averageTokens.has(token)) ? 'average' : 'value';
}

/** `mean__person_id` is of person_id; `value` and `k0` are of the column the statistic is named for. */
function columnsOfName(key: string, column: string | undefined): string[] {
  const after = /__(.+)$/.exec(key)?.[1];
  if (after !== undefined) return [after.replace(/__(is_null|name)$/, '')];
  if (column !== undefined) return [column];
  const inner = tokensOf(key).filter((token) => !averageTokens.has(token) && !extremeTokens.has(token));
  return [inner.join('_')];
}
