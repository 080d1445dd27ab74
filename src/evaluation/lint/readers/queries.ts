import { entryOf, itemsOf, membersOf, textOf, type DataNode, type ScalarNode } from '../data-node.js';
import type { ReadFile } from '../read-file.js';
import { analyseSql, type SqlAnalysis } from '../sql/analyse-sql.js';

/** One SQL text. */
export interface LintQuery {
  /** Of the statistic it makes. */
  readonly name: string;
  readonly node: ScalarNode;
  /**
   * `open`: its result leaves as it is. `fetched`: its result stays, a private query reads it. `private`: its result
   * has noise of differential privacy.
   */
  readonly purpose: 'open' | 'fetched' | 'private';
  readonly sql: string;
  /** Null when it is no query that we can follow. */
  readonly analysis: SqlAnalysis | null;
}

/** Its results stand beside it, and findings on them are enough. */
export function isBesideResults({ node }: LintQuery): boolean {
  return node.parent?.step === 'queries';
}

/** What a private query spends; a figure that is absent or no number is null. */
export interface PrivacyBlock {
  readonly name: string;
  readonly node: DataNode;
  readonly epsilon: number | null;
  readonly delta: number | null;
  /** The switches of its protection and its description of the columns. */
  readonly metadata: DataNode | undefined;
}

export function readQueries({ kind, root }: ReadFile): LintQuery[] {
  if (root === null) return [];
  if (kind === 'config') {
    return itemsOf(entryOf(root, 'src-stats')).flatMap((block) =>
      queriesOf(textOf(entryOf(block, 'name')) ?? '', block),
    );
  }
  if (kind !== 'src-stats') return [];
  return membersOf(root).flatMap(([name, statistic]) => queriesOf(name, entryOf(statistic, 'queries')));
}

export function readPrivacyBlocks({ kind, root }: ReadFile): PrivacyBlock[] {
  if (kind !== 'config' || root === null) return [];
  return itemsOf(entryOf(root, 'src-stats'))
    .filter((node) => ['dp-query', 'epsilon', 'delta'].some((name) => entryOf(node, name) !== undefined))
    .map((node) => ({
      name: textOf(entryOf(node, 'name')) ?? '',
      node,
      epsilon: spendOf(entryOf(node, 'epsilon')),
      delta: spendOf(entryOf(node, 'delta')),
      metadata: entryOf(node, 'snsql-metadata'),
    }));
}

function spendOf(node: DataNode | undefined): number | null {
  const value = node?.kind === 'scalar' && typeof node.value === 'number' ? node.value : null;
  return value !== null && Number.isFinite(value) && value >= 0 ? value : null;
}

function queriesOf(name: string, block: DataNode | undefined): LintQuery[] {
  const open = entryOf(block, 'query');
  const dp = entryOf(block, 'dp-query');
  return [
    ...(isText(open) ? [queryOf(name, open, dp === undefined ? 'open' : 'fetched')] : []),
    ...(isText(dp) ? [queryOf(name, dp, 'private')] : []),
  ];
}

function isText(node: DataNode | undefined): node is ScalarNode {
  return textOf(node) !== undefined;
}

function queryOf(name: string, node: ScalarNode, purpose: LintQuery['purpose']): LintQuery {
  const sql = String(node.value);
  return { name, node, purpose, sql, analysis: analyseSql(sql) };
}
