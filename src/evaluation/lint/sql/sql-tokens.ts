/** A piece of SQL; `group` is everything between two brackets. */
export type SqlToken =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text' }
  | { readonly kind: 'mark'; readonly text: string }
  | { readonly kind: 'group'; readonly items: readonly SqlToken[] };

const lengthMax = 100_000;
const depthMax = 40;

const piece = new RegExp(
  [
    /(?<blank>\s+|--[^\n]*)/,
    /(?<text>'[^']*(?:''[^']*)*'|\$\$[^]*?\$\$)/,
    /"(?<quoted>[^"]*(?:""[^"]*)*)"|`(?<ticked>[^`]*)`|\[(?<boxed>[A-Za-z_][^\]]*)\]/,
    /(?<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)/,
    /(?<word>[\p{L}_][\p{L}\p{N}_$#]*)/u,
    /(?<mark><=|>=|<>|!=|::|\|\||[^\s'"`])/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'uy',
);

/** The tokens of a query in brackets' order; null when it is no SQL we could follow. Words are in lower case. */
export function sqlTokens(sql: string): readonly SqlToken[] | null {
  if (sql.length > lengthMax) return null;
  const open: SqlToken[][] = [[]];
  for (let at = 0; at < sql.length;) {
    const items = open.at(-1);
    if (items === undefined) return null;
    const commentEnd = sql.startsWith('/*', at) ? endOfComment(sql, at) : at;
    if (commentEnd === null) return null;
    if (commentEnd > at) {
      at = commentEnd;
      continue;
    }
    piece.lastIndex = at;
    const groups = piece.exec(sql)?.groups;
    if (groups === undefined) return null;
    at = piece.lastIndex;
    if (groups['mark'] === '(') open.push([]);
    else if (groups['mark'] === ')') {
      open.pop();
      open.at(-1)?.push({ kind: 'group', items });
    } else items.push(...tokenOf(groups));
    if (open.length > depthMax) return null;
  }
  return open.length === 1 ? (open[0] ?? null) : null;
}

/** Comments may hold comments, as in PostgreSQL. */
function endOfComment(sql: string, start: number): number | null {
  let depth = 0;
  for (let at = start; at < sql.length; at += 2) {
    if (sql.startsWith('/*', at)) depth += 1;
    else if (sql.startsWith('*/', at)) depth -= 1;
    else at -= 1;
    if (depth === 0) return at + 2;
  }
  return null;
}

type Captured = Readonly<Record<string, string | undefined>>;

function tokenOf(groups: Captured): SqlToken[] {
  const { blank, text, number, word, mark } = groups as Record<
    'blank' | 'text' | 'number' | 'word' | 'mark',
    string | undefined
  >;
  if (blank !== undefined) return [];
  if (text !== undefined) return [{ kind: 'text' }];
  if (number !== undefined) return [{ kind: 'number', value: Number(number) }];
  if (word !== undefined) return [{ kind: 'word', text: word.toLowerCase() }];
  if (mark !== undefined) return [{ kind: 'mark', text: mark }];
  return [{ kind: 'name', text: groups['quoted'] ?? groups['ticked'] ?? groups['boxed'] ?? '' }];
}
