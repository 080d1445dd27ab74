import type { CategoricalProfile } from '../../../core/profile/profile.js';
import { presentStart } from './count-line.js';
import type { CountLine, LineCell } from './count-line.js';
import { LineBuilder } from './line-builder.js';
import type { ColumnStatement } from './line-builder.js';

type CategoryStatement = ColumnStatement & { readonly column: CategoricalProfile };

/** Lines to judge by, and lines without the last publication's pool that tell more of the others. */
interface CategoryLines {
  readonly lines: readonly CountLine[];
  readonly partial: readonly CountLine[];
}

/**
 * The lines of a category column. Categories named by more publications come first, those that none names last, so
 * that each pool is the end of the line: pools of one source are nested, as each holds the rarest categories. Pools
 * that do not fit among the others (of another version, or of a profile made by hand) get lines of their own; beside
 * the last publication's pool there is then only room for those that are nested with it.
 */
export function categoryLines(statements: readonly ColumnStatement[]): CategoryLines {
  const named = statements.filter(isCategorical);
  const chains = chainsOf(named);
  const last = named.at(-1);
  const isWith = (members: readonly CategoryStatement[]): boolean =>
    last !== undefined && members.includes(last);
  const beside = chains
    .filter((members) => !isWith(members))
    .map((members) => (last === undefined ? members : withLast(members, last)));
  return {
    lines: [...chains.filter(isWith), ...beside].map((chain) => lineOf(statements, chain)),
    partial: chains.filter((members) => !isWith(members)).map((chain) => lineOf(statements, chain)),
  };
}

function isCategorical(statement: ColumnStatement): statement is CategoryStatement {
  return statement.column.kind === 'categorical';
}

const namesOf = ({ column }: CategoryStatement): ReadonlySet<string> =>
  new Set(column.categories.map(({ value }) => value));

/** Publications whose sets of named categories contain each other, largest set first; every publication is in one. */
function chainsOf(named: readonly CategoryStatement[]): (readonly CategoryStatement[])[] {
  const chains: { names: ReadonlySet<string>; members: CategoryStatement[] }[] = [];
  const bySize = named.toSorted((a, b) => b.column.categories.length - a.column.categories.length);
  for (const statement of bySize) {
    const names = namesOf(statement);
    const fitting = chains.find((chain) => isWithin(names, chain.names));
    if (fitting === undefined) chains.push({ names, members: [statement] });
    else {
      fitting.names = names;
      fitting.members.push(statement);
    }
  }
  return chains.map(({ members }) => members);
}

function withLast(members: readonly CategoryStatement[], last: CategoryStatement): CategoryStatement[] {
  const names = namesOf(last);
  const nested = members.filter((member) => {
    const other = namesOf(member);
    return isWithin(names, other) || isWithin(other, names);
  });
  return [...nested, last];
}

function isWithin(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  return [...part].every((value) => whole.has(value));
}

function lineOf(statements: readonly ColumnStatement[], chain: readonly CategoryStatement[]): CountLine {
  const timesNamed = new Map<string, number>();
  for (const { column } of statements) {
    if (column.kind !== 'categorical') continue;
    for (const { value } of column.categories) timesNamed.set(value, timesNamed.get(value) ?? 0);
  }
  for (const member of chain) {
    for (const value of namesOf(member)) timesNamed.set(value, (timesNamed.get(value) ?? 0) + 1);
  }
  const values = [...timesNamed].sort((a, b) => b[1] - a[1]).map(([value]) => value);
  const cells = values.map((value): LineCell => ({ kind: 'category', value }));
  const builder = new LineBuilder([...cells, { kind: 'unnamed' }]);
  const borderOf = new Map(values.map((value, at) => [value, presentStart + at]));
  for (const statement of statements) {
    builder.addPresence(statement);
    if (!isCategorical(statement)) continue;
    for (const { value, count } of statement.column.categories) {
      const from = borderOf.get(value);
      if (from !== undefined) builder.addCount({ from, to: from + 1 }, count, statement);
    }
    if (chain.includes(statement)) addPool(builder, statement);
  }
  return builder.build();
}

function addPool(builder: LineBuilder, statement: CategoryStatement): void {
  const { pooledCount, categories } = statement.column;
  const pool = { from: presentStart + categories.length, to: builder.end };
  // Zero says that nothing was pooled; a pool of a few is never made.
  if (pooledCount === 0) builder.add(pool, { atLeast: 0, atMost: 0 }, statement);
  else builder.addCount(pool, pooledCount, statement);
}
