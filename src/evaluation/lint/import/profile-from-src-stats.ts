import type {
  ColumnProfile,
  DisclosureControl,
  Profile,
  WithheldProfile,
} from '../../../core/profile/profile.js';
import { sha256Hex } from '../../../core/hashing/sha256-hex.js';
import type { ColumnSchema, TableSchema } from '../../../core/schema/schema.js';
import { disclosedCount } from '../../../core/profile/disclosed-count.js';
import { lintFiles } from '../lint.js';
import { pathOf } from '../node-path.js';
import type { LintFile } from '../read-file.js';
import type { Statistic } from '../readers/statistics.js';
import { categoriesFrom, type CountedColumn } from './counted-column.js';
import { failedStatistics } from './failed-statistics.js';

/** The columns wanted, and the table they are of when the files are about several. */
export interface ImportTarget extends TableSchema {
  readonly table?: string;
}

interface LeftOut {
  /** Where in the files; the name of a column when no file says anything of it. */
  readonly path: string;
  readonly why: string;
}

export interface ImportedProfile {
  readonly profile: Profile;
  readonly leftOut: readonly LeftOut[];
}

/**
 * A profile of those statistics that pass the linter: value lists with their counts, as categories. A mean and a
 * deviation make no histogram, so numeric columns are withheld. Cells that are missing are counted only where the list
 * itself has a row for them.
 */
export function profileFromSrcStats(
  files: readonly LintFile[],
  schema: ImportTarget,
  control: DisclosureControl,
): ImportedProfile {
  const { folder, findings } = lintFiles(files, control);
  const failed = failedStatistics(folder, findings);
  const leftOut: LeftOut[] = [];
  const ofTable = folder.statistics.filter(
    ({ table }) => schema.table === undefined || table === undefined || table === schema.table,
  );
  const usable = new Map<string, CountedColumn>();
  for (const statistic of ofTable) {
    const result = failed.has(statistic)
      ? 'It does not pass the linter.'
      : usedFor(statistic, schema.columns, control);
    const column = typeof result === 'string' ? undefined : result;
    if (column !== undefined && !usable.has(column.name)) usable.set(column.name, column);
    else leftOut.push({ path: pathOf(statistic.node), why: typeof result === 'string' ? result : twice });
  }
  for (const { name, type } of schema.columns) {
    if (!usable.has(name))
      leftOut.push({ path: name, why: type === 'identifier' || type === 'free-text' ? never : nothing });
  }
  const rows = Math.max(0, ...[...usable.values()].map(({ present, missing }) => present + missing));
  const columns = schema.columns.map(
    (column) => usable.get(column.name)?.profile ?? withheld(column, rows, control),
  );
  const sources = folder.files.filter(({ kind }) => kind === 'src-stats').map(({ hash }) => hash);
  return {
    profile: {
      version: 1,
      // Of the files it was made from: the source itself is not at hand.
      sourceHash: sources.length === 1 ? (sources[0] ?? '') : sha256Hex(sources.join('\n')),
      disclosureControl: control,
      rows: disclosedCount(rows, control),
      columns,
    },
    leftOut,
  };
}

const never = 'Identifiers and free text are never summarised; the column is withheld.';
const nothing = 'No list of its values with counts passes; the column is withheld.';
const twice = 'Another statistic of the same column was taken.';

/** What a statistic is used for, or why it is not used. */
function usedFor(
  statistic: Statistic,
  columns: readonly ColumnSchema[],
  control: DisclosureControl,
): CountedColumn | string {
  const values = statistic.columns.filter(({ meaning }) => meaning === 'value');
  if (statistic.columns.some(({ meaning }) => meaning === 'average')) {
    return 'A mean and a deviation make no histogram; the column is withheld.';
  }
  const [value] = values;
  const source = value?.columns[0];
  const counts = statistic.columns.filter(({ meaning }) => meaning === 'count');
  const [count] = counts;
  const isPlain =
    values.length === 1 && counts.length === 1 && value?.bare === true && value.columns.length === 1;
  if (!isPlain || source === undefined || count === undefined)
    return 'It is no list of the values of one column with their counts.';
  const column = columns.find(({ name }) => name === source);
  if (column === undefined) return 'Its column is not wanted.';
  if (column.type !== 'category' && column.type !== 'boolean') {
    return 'Values with counts are taken for columns of categories only.';
  }
  return categoriesFrom(
    statistic,
    { ...column, type: column.type, valueKey: value.key, countKey: count.key },
    control,
  );
}

/** Nothing passes for this column, so nothing is said of it. */
function withheld({ name, type }: ColumnSchema, rows: number, control: DisclosureControl): ColumnProfile {
  const isOpen = type !== 'identifier' && type !== 'free-text';
  const reason: WithheldProfile['reason'] = isOpen ? 'too-few-values' : type;
  return { kind: 'withheld', name, type, count: 0, missingCount: disclosedCount(rows, control), reason };
}
