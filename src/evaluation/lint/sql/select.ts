import type { SqlToken } from './sql-tokens.js';

export type SqlItems = readonly SqlToken[];

/** One SELECT, taken apart at its own level of brackets. */
export interface Select {
  readonly distinct: boolean;
  readonly columns: readonly SelectColumn[];
  readonly sources: readonly Source[];
  readonly where: SqlItems;
  readonly grouped: boolean;
  readonly having: SqlItems;
}

export interface SelectColumn {
  readonly items: SqlItems;
  /** What the result calls it; undefined for an expression without a name. */
  readonly name: string | undefined;
}

/** A query in FROM, or a table (`branches` is null). */
interface Source {
  readonly alias: string | undefined;
  readonly branches: readonly Select[] | null;
}

type Queries = ReadonlyMap<string, readonly Select[]>;

/** Starts a part of a SELECT. */
const clauseWords = [
  'select',
  'from',
  'where',
  'group',
  'having',
  'window',
  'order',
  'limit',
  'offset',
  'fetch',
  'for',
];
const setWords = ['union', 'intersect', 'except'];

export const isWord = (token: SqlToken | undefined, ...texts: readonly string[]): boolean =>
  token?.kind === 'word' && texts.includes(token.text);
export const isMark = (token: SqlToken | undefined, ...texts: readonly string[]): boolean =>
  token?.kind === 'mark' && texts.includes(token.text);

/** The SELECTs of a query, more than one when they are put together by UNION; null when it is no query we can follow. */
export function parseQuery(items: SqlItems, outer: Queries = new Map()): readonly Select[] | null {
  const last = items.at(-1);
  const trimmed = isMark(last, ';') ? items.slice(0, -1) : items;
  const [only] = trimmed;
  if (trimmed.length === 1 && only?.kind === 'group') return parseQuery(only.items, outer);
  if (isWord(only, 'with')) return parseWith(trimmed, outer);
  const branches = splitAt(trimmed, (token) => isWord(token, ...setWords));
  const selects = branches.map((branch) => {
    const items = isWord(branch[0], 'all', 'distinct') ? branch.slice(1) : branch;
    const [first] = items;
    if (items.length === 1 && first?.kind === 'group') return parseQuery(first.items, outer);
    const select = parseSelect(items, outer);
    return select === null ? null : [select];
  });
  return allOf(selects)?.flat() ?? null;
}

function parseWith(items: SqlItems, outer: Queries): readonly Select[] | null {
  const known = new Map(outer);
  let at = isWord(items[1], 'recursive') ? 2 : 1;
  for (;;) {
    const name = nameOf(items[at]);
    while (at < items.length && !isWord(items[at], 'as')) at += 1;
    at += 1;
    while (isWord(items[at], 'not', 'materialized')) at += 1;
    const body = items[at];
    if (name === undefined || body?.kind !== 'group') return null;
    const branches = parseQuery(body.items, known);
    if (branches === null) return null;
    known.set(name, branches);
    at += 1;
    if (!isMark(items[at], ',')) return at < items.length ? parseQuery(items.slice(at), known) : null;
    at += 1;
  }
}

function parseSelect(items: SqlItems, outer: Queries): Select | null {
  const parts = clausesOf(items);
  let list = parts?.get('select');
  if (parts === null || list === undefined) return null;
  const distinct = isWord(list[0], 'distinct');
  if (distinct || isWord(list[0], 'all')) list = list.slice(1);
  if (distinct && isWord(list[0], 'on')) list = list.slice(2);
  const sources = parseSources(parts.get('from') ?? [], outer);
  if (sources === null) return null;
  return {
    ...{ distinct, sources },
    columns: splitAt(list, (token) => isMark(token, ',')).map(parseColumn),
    where: parts.get('where') ?? [],
    grouped: parts.has('group'),
    having: parts.get('having') ?? [],
  };
}

/** Null when the parts are not in the order of a SELECT, each once. */
function clausesOf(items: SqlItems): Map<string, SqlItems> | null {
  if (!isWord(items[0], 'select')) return null;
  const parts = new Map<string, SqlToken[]>();
  let place = -1;
  let part: SqlToken[] = [];
  for (const [index, token] of items.entries()) {
    if (isMark(token, ';')) return null;
    const at = token.kind === 'word' && !isMark(items[index - 1], '.') ? clauseWords.indexOf(token.text) : -1;
    // DISTINCT FROM compares two values; it starts no part.
    const needsBy = isWord(token, 'group', 'order') && !isWord(items[index + 1], 'by');
    const starts = at >= 0 && token.kind === 'word' && !(at === 1 && place > 1) && !needsBy;
    if (!starts) {
      part.push(token);
      continue;
    }
    if (at <= place) return null;
    place = at;
    part = [];
    parts.set(token.text, part);
  }
  return parts;
}

function parseColumn(items: SqlItems): SelectColumn {
  const last = nameOf(items.at(-1));
  const before = items.at(-2);
  if (last === undefined) return { items, name: undefined };
  if (isWord(before, 'as')) return { items: items.slice(0, -2), name: last };
  if (items.length === 1 || isMark(before, '.')) return { items, name: last };
  const isAlias = before?.kind === 'group' || before?.kind === 'name' || before?.kind === 'word';
  return isAlias && !isWord(items.at(-1), 'end')
    ? { items: items.slice(0, -1), name: last }
    : { items, name: undefined };
}

const joinWords = ['join', 'inner', 'left', 'right', 'full', 'outer', 'cross', 'natural', 'lateral'];

function parseSources(items: SqlItems, outer: Queries): Source[] | null {
  const sources: Source[] = [];
  const tables = splitAt(items, (token) => isMark(token, ',') || isWord(token, 'join'));
  for (const table of tables) {
    const part = table.filter((token) => !isWord(token, ...joinWords));
    const end = part.findIndex((token) => isWord(token, 'on', 'using', 'tablesample'));
    const source = end < 0 ? part : part.slice(0, end);
    const [first] = source;
    if (first === undefined) continue;
    const alias = source.length > 1 ? nameOf(source.at(-1)) : nameOf(first);
    if (first.kind !== 'group') {
      const known =
        source.length === 1 || !isMark(source[1], '.') ? outer.get(nameOf(first) ?? '') : undefined;
      sources.push({ alias, branches: known ?? null });
    } else if (isWord(first.items[0], 'select', 'with') || first.items[0]?.kind === 'group') {
      const branches = parseQuery(first.items, outer);
      if (branches === null) return null;
      sources.push({ alias, branches });
    } else {
      const inner = parseSources(first.items, outer);
      if (inner === null) return null;
      sources.push(...inner);
    }
  }
  return sources;
}

/** Table and column names are compared as the database does when they are not quoted. */
export function nameOf(token: SqlToken | undefined): string | undefined {
  if (token?.kind === 'word') return token.text;
  return token?.kind === 'name' ? token.text.toLowerCase() : undefined;
}

export function splitAt(items: SqlItems, isBorder: (token: SqlToken) => boolean): SqlToken[][] {
  const parts: SqlToken[][] = [[]];
  for (const token of items) {
    if (isBorder(token)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

function allOf<T>(values: readonly (T | null)[]): T[] | null {
  const present = values.filter((value) => value !== null);
  return present.length === values.length ? present : null;
}
