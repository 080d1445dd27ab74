import { isMark, isWord, nameOf, splitAt, type SqlItems } from './select.js';
import type { SqlToken } from './sql-tokens.js';

/**
 * The smallest count a condition lets through: 10 for `count(*) >= 10` and for `9 < n`. Null when it does not bound a
 * count from below, or not in a way we can be sure of.
 */
export function leastCount(condition: SqlItems, countNames: ReadonlySet<string>): number | null {
  const ways = splitAt(condition, (token) => isWord(token, 'or')).map((way) => leastOfAll(way, countNames));
  if (ways.some((least) => least === null)) return null;
  return Math.min(...ways.filter((least) => least !== null));
}

/** All of these hold together, so the strictest counts. */
function leastOfAll(condition: SqlItems, countNames: ReadonlySet<string>): number | null {
  const bounds: number[] = [];
  for (const term of splitAt(withoutBetween(condition, countNames, bounds), (token) =>
    isWord(token, 'and'),
  )) {
    const [only] = term;
    const bound =
      term.length === 1 && only?.kind === 'group'
        ? leastCount(only.items, countNames)
        : comparisonBound(term, countNames);
    if (bound !== null) bounds.push(bound);
  }
  return bounds.length === 0 ? null : Math.max(...bounds);
}

/** Takes `n between 10 and 20` out, whose AND joins no conditions, and notes its bound. */
function withoutBetween(condition: SqlItems, countNames: ReadonlySet<string>, bounds: number[]): SqlItems {
  const at = condition.findIndex((token) => isWord(token, 'between'));
  if (at < 0) return condition;
  const termStart = condition.slice(0, at).findLastIndex((token) => isWord(token, 'and')) + 1;
  const least = condition[at + 1];
  const isBound = least?.kind === 'number' && isWord(condition[at + 2], 'and');
  if (isBound && isCount(condition.slice(termStart, at), countNames)) bounds.push(Math.ceil(least.value));
  const rest = condition.slice(at + 4);
  const before = condition.slice(0, Math.max(0, termStart - 1));
  return [...before, ...withoutBetween(rest, countNames, bounds)];
}

const mirrored: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '=': '=' };

function comparisonBound(term: SqlItems, countNames: ReadonlySet<string>): number | null {
  const at = term.findIndex((token) => isMark(token, '<', '<=', '>', '>=', '='));
  const sign = term[at];
  if (sign?.kind !== 'mark') return null;
  const left = term.slice(0, at);
  const right = term.slice(at + 1);
  if (isCount(left, countNames)) return boundOf(sign.text, right);
  if (isCount(right, countNames)) return boundOf(mirrored[sign.text], left);
  return null;
}

/** The bound that `count <sign> number` sets. */
function boundOf(sign: string | undefined, number: SqlItems): number | null {
  const [token] = number;
  if (number.length !== 1 || token?.kind !== 'number') return null;
  if (sign === '>') return Math.floor(token.value) + 1;
  return sign === '>=' || sign === '=' ? Math.ceil(token.value) : null;
}

/** `count(…)` itself, or a name that an inner query gave to one. */
function isCount(items: SqlItems, countNames: ReadonlySet<string>): boolean {
  if (isCountCall(items)) return true;
  const path = items.filter((token): token is SqlToken => !isMark(token, '.'));
  const isPath = items.length === 2 * path.length - 1;
  return isPath && path.length <= 3 && countNames.has(nameOf(path.at(-1)) ?? '');
}

export function isCountCall(items: SqlItems): boolean {
  const [name, group] = items;
  return items.length === 2 && isWord(name, 'count') && group?.kind === 'group';
}
