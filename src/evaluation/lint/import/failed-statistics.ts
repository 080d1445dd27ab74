import { groupBy } from '../../../core/collections/group-by.js';
import type { DataNode } from '../data-node.js';
import type { Finding } from '../finding.js';
import type { LintFolder } from '../lint-folder.js';
import { pathOf } from '../node-path.js';
import type { Statistic } from '../readers/statistics.js';
import { privacyBudgetUnledgered } from '../rules/privacy-budget-unledgered.js';

/** The statistics that any failed rule is about: in themselves, or in the query that made them. */
export function failedStatistics(
  { statistics, queries }: LintFolder,
  findings: readonly Finding[],
): ReadonlySet<Statistic> {
  const fails = findings.filter(({ severity }) => severity === 'fail');
  // The total is said once for all private queries, so it stands for each of them.
  const isOverspent = fails.some(({ rule }) => rule === privacyBudgetUnledgered.id);
  const failed = new Set(
    fails.flatMap(({ file, path }) => wholesOf(path).map((whole) => `${file}\n${whole}`)),
  );
  const isFailed = (node: DataNode): boolean => failed.has(`${node.file}\n${pathOf(node)}`);
  const byName = groupBy(queries, ({ name }) => name);
  return new Set(
    statistics.filter((statistic) => {
      if (isOverspent && statistic.query?.purpose === 'private') return true;
      const ofIt = byName.get(statistic.name) ?? [];
      return isFailed(statistic.node) || ofIt.some(({ node }) => isFailed(node.parent ?? node));
    }),
  );
}

/** The path and those of everything it is part of: `a`, `a.b` and `a.b[2]` for `a.b[2]`. */
function wholesOf(path: string): string[] {
  const ends = [...path.matchAll(/[.[{]/g)].map(({ index }) => path.slice(0, index));
  return [...ends, path];
}
