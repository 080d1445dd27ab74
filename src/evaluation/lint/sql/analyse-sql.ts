import { leastCount } from './least-count.js';
import { outputsOf, type SqlOutput } from './outputs.js';
import { parseQuery, type Select } from './select.js';
import { sqlTokens } from './sql-tokens.js';

/** What the rows of a result stand for: single records of the source, groups of them, or the source as a whole. */
interface Grouping {
  readonly kind: 'records' | 'groups' | 'whole';
  /** The smallest number of records behind a row that gets through; null when nothing keeps small ones out. */
  readonly least: number | null;
}

export interface SqlAnalysis {
  readonly grouping: Grouping;
  readonly outputs: readonly SqlOutput[];
  /** A table was joined to the groups afterwards, so rows may have multiplied. */
  readonly joinedAfterwards: boolean;
}

/** Reads a query lightly; null when it is not a plain query we can follow. */
export function analyseSql(sql: string): SqlAnalysis | null {
  const tokens = sqlTokens(sql);
  const branches = tokens === null ? null : parseQuery(tokens);
  return branches === null ? null : analyseBranches(branches);
}

function analyseBranches(branches: readonly Select[]): SqlAnalysis | null {
  const analyses = branches.map(analyseSelect).filter((one) => one !== null);
  const [first, ...others] = analyses;
  if (!first || analyses.length < branches.length) return null;
  const all = others.reduce(weaker, first);
  // A UNION names its columns as its first SELECT does; what stands below may mean something else.
  return others.length === 0 ? all : { ...all, outputs: unitedOutputs(analyses) };
}

function analyseSelect(select: Select): SqlAnalysis | null {
  const inner: SqlAnalysis[] = [];
  for (const { branches } of select.sources) {
    const analysis = branches === null ? undefined : analyseBranches(branches);
    if (analysis === null) return null;
    if (analysis !== undefined) inner.push(analysis);
  }
  const insideOutputs = inner.flatMap((one) => one.outputs);
  const outputs = outputsOf(select, insideOutputs);
  if (outputs === null || select.sources.length === 0) return null;
  const [first, ...others] = inner;
  const tables = select.sources.length - inner.length;
  const source = first && { ...others.reduce(weaker, first), outputs: insideOutputs };
  const grouping = groupingOf(select, { outputs, source, tables });
  const isPassedOn = !select.grouped && !select.distinct && source?.grouping.kind === 'groups';
  const joined = isPassedOn && grouping.kind === 'groups' && select.sources.length > 1;
  return { grouping, outputs, joinedAfterwards: joined || (source?.joinedAfterwards ?? false) };
}

interface Inside {
  readonly outputs: readonly SqlOutput[];
  /** The queries in FROM taken together, and how many plain tables stand beside them. */
  readonly source: SqlAnalysis | undefined;
  readonly tables: number;
}

function groupingOf(select: Select, { outputs, source, tables }: Inside): Grouping {
  const filtered = source ? leastCount(select.where, namesOfCounts(source.outputs)) : null;
  const before = source?.grouping;
  // Groups of groups are at least as large, as long as no single records come in beside them.
  const inherited = strictest(before?.least ?? null, filtered);
  if (select.grouped || select.distinct) {
    const own = select.grouped ? leastCount(select.having, namesOfCounts(outputs)) : null;
    const ofGroups = tables === 0 && before?.kind === 'groups';
    return { kind: 'groups', least: strictest(own, ofGroups ? inherited : null) };
  }
  if (outputs.some(({ isOwnAggregate }) => isOwnAggregate)) return { kind: 'whole', least: null };
  if (before?.kind === 'groups' || (before?.kind === 'whole' && tables === 0)) {
    return { kind: before.kind, least: inherited };
  }
  return { kind: 'records', least: null };
}

/** Column by column, with everything that any of the SELECTs puts there; where they differ it is taken for a value. */
function unitedOutputs(analyses: readonly SqlAnalysis[]): SqlOutput[] {
  const [first] = analyses;
  return (first?.outputs ?? []).map((output, place) => {
    const all = analyses.map(({ outputs }) => outputs[place]).filter((one) => one !== undefined);
    const agree = all.every(({ meaning }) => meaning === output.meaning);
    return {
      ...output,
      meaning: agree ? output.meaning : 'value',
      columns: [...new Set(all.flatMap(({ columns }) => columns))],
    };
  });
}

const order = { records: 0, groups: 1, whole: 2 } as const;

function weaker(left: SqlAnalysis, right: SqlAnalysis): SqlAnalysis {
  const outputs = [...left.outputs, ...right.outputs];
  const joinedAfterwards = left.joinedAfterwards || right.joinedAfterwards;
  const kind =
    order[left.grouping.kind] <= order[right.grouping.kind] ? left.grouping.kind : right.grouping.kind;
  const least = smallest(left.grouping.least, right.grouping.least);
  return { grouping: { kind, least }, outputs, joinedAfterwards };
}

function strictest(...bounds: readonly (number | null)[]): number | null {
  const known = bounds.filter((bound) => bound !== null);
  return known.length === 0 ? null : Math.max(...known);
}

function smallest(left: number | null, right: number | null): number | null {
  return left === null || right === null ? null : Math.min(left, right);
}

function namesOfCounts(outputs: readonly SqlOutput[]): ReadonlySet<string> {
  return new Set(
    outputs.flatMap(({ name, meaning }) => (meaning === 'count' && name !== undefined ? [name] : [])),
  );
}
