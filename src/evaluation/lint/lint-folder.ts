import type { DataNode } from './data-node.js';
import type { Place } from './finding.js';
import { pathOf } from './node-path.js';
import type { ReadFile } from './read-file.js';
import { readCalls, type GeneratorCall } from './readers/generator-calls.js';
import { readOrm, type OrmTable } from './readers/orm.js';
import { readProfile, type ProfileFile } from './readers/profile-file.js';
import { readQueries, type LintQuery } from './readers/queries.js';
import { readStatistics, type Statistic } from './readers/statistics.js';

/** The files of one folder, read: what the rules look at. Nothing in it can be executed. */
export interface LintFolder {
  readonly files: readonly ReadFile[];
  /** Every SQL text, of the configuration and beside results. */
  readonly queries: readonly LintQuery[];
  readonly statistics: readonly Statistic[];
  readonly tables: readonly OrmTable[];
  readonly calls: readonly GeneratorCall[];
  readonly profiles: readonly ProfileFile[];
}

export function readFolder(files: readonly ReadFile[]): LintFolder {
  const tables = files.flatMap(readOrm);
  const queries = files.flatMap(readQueries);
  return {
    ...{ files, queries, tables },
    statistics: files.flatMap((file) => readStatistics(file, { queries, tables })),
    calls: files.flatMap(readCalls),
    profiles: files.flatMap(readProfile),
  };
}

/** The place of a node, for a finding. */
export function placeOf(node: DataNode, why: string): Place {
  return { file: node.file, path: pathOf(node), line: node.line, why };
}
