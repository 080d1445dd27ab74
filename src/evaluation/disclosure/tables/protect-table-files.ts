import { checkFrequencyTable, primarySuppressions } from './check-frequency-table.js';
import { checkMagnitudeTable } from './check-magnitude-table.js';
import { primaryAmounts, suppressedSums } from './protect-amounts.js';
import { protectTogether } from './protect-together.js';
import type { CountsToProtect, ProtectedCounts } from './protect-together.js';
import type { PublishedTable } from './published-table.js';
import { cellKey, cellName, cellsOf, countAt, membersOf } from './table-for-release.js';
import type { CellRef } from './table-for-release.js';
import { countsOf } from './table-file.js';
import type { AmountsFile, CountsFile } from './table-file.js';
import type { TableRules } from './table-rules.js';

export type TrueTable = CountsFile | AmountsFile;

/** A table as it may be published, and for the real zone what was done to it and why. */
export interface ProtectedFile {
  readonly name: string;
  readonly dimensions: readonly string[];
  readonly table: PublishedTable;
  /** The sums of a table of amounts in the order of the cells, null where they are suppressed. */
  readonly sums: readonly (number | null)[] | null;
  readonly suppressed: readonly { readonly cell: string; readonly why: string }[];
  /** How many counts were changed by rounding. */
  readonly rounded: number;
}

/**
 * Protects tables of one source so that all can be published: what the rules forbid, what would tell of it within the
 * table, and what would by another table. Sums and counts of a table of amounts are suppressed in the same cells.
 * @throws {UnsupportedTableError} when that cannot be done
 */
export function protectTableFiles(files: readonly TrueTable[], rules: TableRules): ProtectedFile[] {
  let tables = files.map((file): CountsToProtect => ({
    ...{ name: file.name, dimensions: file.dimensions },
    table: file.kind === 'counts' ? file.table : countsOf(file.table),
    primary:
      file.kind === 'counts' ? primarySuppressions(file.table, rules) : primaryAmounts(file.table, rules),
  }));
  for (;;) {
    const done = protectTogether(tables, rules);
    const more = files.map((file, index) => sumsToHide(file, done[index], rules));
    if (more.every((cells) => cells.length === 0))
      return files.flatMap((file, index) => described(file, done[index], rules) ?? []);
    tables = tables.map((table, index) => ({
      ...table,
      primary: [...table.primary, ...(more[index] ?? [])],
    }));
  }
}

/** Sums that would tell of hidden ones although the counts do not. */
function sumsToHide(
  file: TrueTable | undefined,
  done: ProtectedCounts | undefined,
  rules: TableRules,
): CellRef[] {
  if (file?.kind !== 'amounts' || done === undefined) return [];
  const hidden = done.table.cells.filter(({ value }) => value === null);
  if (hidden.length === 0) return [];
  const keys = new Set(hidden.map(cellKey));
  return suppressedSums(file.table, hidden, rules).filter((cell) => !keys.has(cellKey(cell)));
}

function described(
  file: TrueTable,
  done: ProtectedCounts | undefined,
  rules: TableRules,
): ProtectedFile | null {
  if (done === undefined) return null;
  const { table, because } = done;
  const reasons = new Map(because.map(({ cell, why }) => [cellKey(cell), why]));
  for (const { cell, status, why } of findingsOf(file, rules))
    if (cell !== null && status === 'fail') reasons.set(cellKey(cell), why);
  const counts = file.kind === 'counts' ? file.table : countsOf(file.table);
  const hidden = table.cells.filter(({ value }) => value === null);
  return {
    ...{ name: file.name, dimensions: file.dimensions, table },
    sums: file.kind === 'counts' ? null : sumsOf(file, table),
    suppressed: hidden.map((cell) => ({
      cell: cellName(table, cell),
      why:
        reasons.get(cellKey(cell)) ??
        `"${cellName(table, cell)}" is suppressed so that no other can be worked out.`,
    })),
    rounded: table.cells.filter((cell) => cell.value !== null && cell.value !== countAt(counts, cell)).length,
  };
}

function findingsOf(file: TrueTable, rules: TableRules): ReturnType<typeof checkFrequencyTable> {
  return file.kind === 'counts'
    ? checkFrequencyTable(file.table, rules)
    : checkMagnitudeTable(file.table, rules);
}

function sumsOf({ table }: AmountsFile, published: PublishedTable): (number | null)[] {
  return cellsOf(table).map((cell, arc) =>
    (published.cells[arc]?.value ?? null) === null
      ? null
      : withoutDust(membersOf(table.cells, cell).reduce((total, { sum }) => total + sum, 0)),
  );
}

/** Four decimals are kept (see `suppressedSums`): what adding leaves after them was in no file. */
function withoutDust(sum: number): number {
  return Math.round(sum * 10_000) / 10_000;
}
