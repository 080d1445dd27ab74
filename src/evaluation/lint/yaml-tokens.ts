import { type CST, type LineCounter, Parser } from 'yaml';
import { UnreadableError } from './unreadable-error.js';

export interface YamlTokens {
  readonly tokens: readonly CST.Token[];
  readonly comments: readonly { readonly offset: number; readonly text: string }[];
}

/** Files of this trade are about eight levels deep; far beyond that the next stage, which recurses, would run out of stack. */
const depthMax = 60;

/** Splits YAML into tokens, which needs no recursion, and refuses what is too deep to go on with. */
export function yamlTokens(text: string, lines: LineCounter): YamlTokens {
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const comments: { offset: number; text: string }[] = [];
  const open: { token: AnyToken; depth: number }[] = tokens.map((token) => ({
    token,
    depth: 1,
  }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > depthMax) throw new UnreadableError(`It is nested more than ${depthMax} levels deep.`);
    if (token.type === 'comment') comments.push({ offset: token.offset, text: token.source });
    for (const child of childrenOf(token)) open.push({ token: child, depth: depth + 1 });
  }
  return { tokens, comments: comments.sort((a, b) => a.offset - b.offset) };
}

type AnyToken = CST.Token | CST.SourceToken;

/** One by one: some lists are longer than the arguments that a call can have. */
function* childrenOf(token: AnyToken): Generator<AnyToken> {
  if ('start' in token && Array.isArray(token.start)) yield* token.start;
  if ('props' in token) yield* token.props;
  if ('end' in token && Array.isArray(token.end)) yield* token.end;
  if (token.type === 'document' && token.value) yield token.value;
  if (!('items' in token)) return;
  for (const { start, key, sep, value } of token.items as CST.CollectionItem[]) {
    yield* start;
    yield* sep ?? [];
    if (key) yield key;
    if (value) yield value;
  }
}
