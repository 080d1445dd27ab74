import { isCountCall } from './least-count.js';
import { isMark, isWord, nameOf, type Select, type SelectColumn, type SqlItems } from './select.js';
import type { SqlToken } from './sql-tokens.js';

/** What a column of a result is. A `value` is a value of a source column as it stands there. */
export type OutputMeaning = 'value' | 'count' | 'average' | 'extreme' | 'constant';

export interface SqlOutput {
  readonly name: string | undefined;
  readonly meaning: OutputMeaning;
  /** The columns of source tables that it was made from. */
  readonly columns: readonly string[];
  /** Handed on as it stands, not worked into an expression. */
  readonly bare: boolean;
  /** Aggregated by this SELECT itself, not by one inside it. */
  readonly isOwnAggregate: boolean;
}

const extremeFunctions = ['min', 'max', 'first', 'last', 'any_value', 'mode', 'arg_min', 'arg_max'];
const averageFunctions = (
  'avg mean sum stddev stddev_samp stddev_pop std stdev variance var_samp var_pop var corr covar_pop covar_samp median ' +
  'percentile_cont percentile_disc quantile quantile_cont quantile_disc string_agg array_agg list group_concat'
).split(' ');
/** These hand on single values, however they are called. */
const listingFunctions = ['string_agg', 'array_agg', 'list', 'group_concat', 'json_agg', 'jsonb_agg'];
const keywords = new Set(
  (
    'and or not null is in like ilike between case when then else end as true false cast interval distinct over ' +
    'partition by order asc desc filter where within group exists any all from for'
  ).split(' '),
);

/** Null when a column holds a query of its own or looks at other rows: nothing can be said of it then. */
export function outputsOf(select: Select, inside: readonly SqlOutput[]): SqlOutput[] | null {
  const outputs: SqlOutput[] = [];
  for (const column of select.columns) {
    if (column.items.some((token) => isMark(token, '*')) && isStar(column.items)) {
      outputs.push(...inside.map((one) => ({ ...one, isOwnAggregate: false })));
      continue;
    }
    if (anyToken(column.items, (token) => isWord(token, 'select', 'over'))) return null;
    outputs.push(outputOf(column, inside));
  }
  return outputs;
}

/** `*` or `table.*`. */
function isStar(items: SqlItems): boolean {
  return isMark(items.at(-1), '*') && (items.length === 1 || isMark(items.at(-2), '.'));
}

function outputOf({ items, name }: SelectColumn, inside: readonly SqlOutput[]): SqlOutput {
  const used = namesIn(items);
  const from = inside.filter((one) => one.name !== undefined && used.includes(one.name));
  const known = new Set(from.map((one) => one.name));
  const columns = [...used.filter((one) => !known.has(one)), ...from.flatMap((one) => one.columns)];
  const own = ownMeaning(items);
  const meaning = own ?? inheritedMeaning(items, from, used);
  const bare = isBare(items) && from.every((one) => one.bare);
  return { name, meaning, columns: [...new Set(columns)], bare, isOwnAggregate: own !== null };
}

function ownMeaning(items: SqlItems): OutputMeaning | null {
  if (isCountCall(withoutCast(items))) return 'count';
  const calls = (names: readonly string[]): boolean => anyCall(items, (name) => names.includes(name));
  if (calls(listingFunctions)) return 'value';
  if (calls(extremeFunctions)) return 'extreme';
  return calls(averageFunctions) || calls(['count']) ? 'average' : null;
}

function inheritedMeaning(
  items: SqlItems,
  from: readonly SqlOutput[],
  used: readonly string[],
): OutputMeaning {
  const meanings = from.map(({ meaning }) => meaning);
  if (used.length === 0) return 'constant';
  if (meanings.includes('extreme')) return 'extreme';
  if (meanings.includes('average')) return 'average';
  const isOneCount = used.length === 1 && meanings.includes('count');
  if (isOneCount && isBare(items)) return 'count';
  return isOneCount ? 'average' : 'value';
}

/** A column and nothing else: `value`, `q.value`, `value::text`. */
function isBare(items: SqlItems): boolean {
  return withoutCast(items).every((token, index) =>
    index % 2 === 0 ? nameOf(token) !== undefined : isMark(token, '.'),
  );
}

/** `count(*)::int` counts, too. */
function withoutCast(items: SqlItems): SqlItems {
  return isMark(items.at(-2), '::') ? items.slice(0, -2) : items;
}

/** The last part of each column name: `birth_date` of `p.birth_date`. */
function namesIn(items: SqlItems): string[] {
  return items.flatMap((token, index) => {
    if (token.kind === 'group') return namesIn(token.items);
    const name = nameOf(token);
    const next = items[index + 1];
    const isPart = isMark(next, '.') || next?.kind === 'group' || isMark(items[index - 1], '::');
    return name === undefined || isPart || (token.kind === 'word' && keywords.has(name)) ? [] : [name];
  });
}

function anyToken(items: SqlItems, test: (token: SqlToken) => boolean): boolean {
  return items.some((token) => test(token) || (token.kind === 'group' && anyToken(token.items, test)));
}

function anyCall(items: SqlItems, test: (name: string) => boolean): boolean {
  return items.some(
    (token, index) =>
      (token.kind === 'group' && anyCall(token.items, test)) ||
      (token.kind === 'word' && items[index + 1]?.kind === 'group' && test(token.text)),
  );
}
