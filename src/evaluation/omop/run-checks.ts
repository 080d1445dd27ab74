import { groupBy } from '../../core/collections/group-by.js';
import type { DuckDb } from '../../core/files/duckdb.js';
import type { LoadedTable, OmopSource } from '../../core/omop/source/load-tables.js';
import type { Check, CheckCounts } from './check.js';
import { countingOf } from './count-check.js';
import { countTable } from './count-table.js';
import { judge } from './verdict.js';
import type { PlaceFacts, Verdict } from './verdict.js';

export interface CheckResult {
  readonly check: Check;
  readonly counts: CheckCounts;
  readonly verdict: Verdict;
}

export interface RunOptions {
  /** ISO date: what counts as the day of the run. */
  readonly today: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number) => void;
}

/**
 * Runs checks on a source that was loaded, table by table.
 * @returns a result for each check, in the order of `checks`
 */
export async function runChecks(
  db: DuckDb,
  source: OmopSource,
  checks: readonly Check[],
  { today, signal, onProgress }: RunOptions,
): Promise<readonly CheckResult[]> {
  const results = new Map<Check, CheckResult>();
  const hasConditions = (source.tables.get('condition_occurrence')?.rows ?? 0) > 0;
  const byTable = groupBy(checks, ({ table }) => table);
  for (const [name, own] of byTable) {
    signal?.throwIfAborted();
    const table = source.cdm.get(name);
    if (table === undefined)
      throw new Error(`There is a check of "${name}", which is no table of the model.`);
    const loaded = source.tables.get(name);
    const counted = own.map((check) => ({ check, counting: countingOf(check, today) }));
    const { counts, filledRows } = await countTable(db, table, loaded, counted, signal);
    own.forEach((check, index) => {
      const count = counts[index] ?? { violated: 0, denominator: 0 };
      const facts = factsOf(check, loaded, { filledRows, hasConditions });
      results.set(check, { check, counts: count, verdict: judge(check, count, facts) });
    });
    onProgress?.(results.size / checks.length);
  }
  return checks.flatMap((check) => results.get(check) ?? []);
}

function factsOf(
  check: Check,
  loaded: LoadedTable | undefined,
  { filledRows, hasConditions }: { filledRows: ReadonlyMap<string, number>; hasConditions: boolean },
): PlaceFacts {
  const { field, kind } = check;
  const isAboutField = kind.level !== 'TABLE' && field !== undefined;
  return {
    isTableMissing: loaded === undefined,
    isFieldMissing: isAboutField && loaded?.missingFields.has(field) === true,
    isTableEmpty: loaded?.rows === 0,
    isFieldEmpty: isAboutField && filledRows.get(field) === 0,
    hasConditions,
    unreadable: unreadable(check, loaded),
  };
}

/** Counted from the cells themselves, whatever their type. */
const typeless = new Set(['cdmTable', 'cdmField', 'cdmDatatype', 'isRequired', 'measureValueCompleteness']);

/** A check of a date or a number says nothing where cells are neither. */
function unreadable({ field, row, kind }: Check, loaded: LoadedTable | undefined): string | null {
  if (typeless.has(kind.name)) return null;
  const read = [field, row['plausibleStartBeforeEndFieldName']?.toLowerCase()];
  const misfit = loaded?.misfits.find((each) => each.kind === 'type' && read.includes(each.field));
  if (misfit === undefined) return null;
  return `${misfit.cells} cells of ${misfit.field} are not of its type, the first in row ${misfit.firstRow}.`;
}
