import type { CountInterval } from '../count-interval.js';
import { auditTable } from './audit-table.js';
import { jointRanges, keysOf } from './joint-ranges.js';
import { rangeText, shownInterval, tellsTooMuch } from './shared-figures.js';
import type { KnownTable } from './shared-figures.js';
import { cellKey, cellName, cellsOf } from './table-for-release.js';
import type { CellRef } from './table-for-release.js';
import type { TableFinding } from './table-finding.js';

/** What a table tells together with others. `table` and `others` are names. */
interface TogetherFinding extends TableFinding {
  readonly table: string;
  readonly cell: CellRef;
  readonly others: readonly string[];
}

/**
 * What published tables of one source tell about fewer people than the floor when they are laid beside each other.
 * Two tables that can be about the same people are solved together: what one hides the other may show. Two that
 * cannot (all patients, and those of sixteen and over) are subtracted from each other.
 */
export function checkTogether(tables: readonly KnownTable[], cellCountMin: number): TogetherFinding[] {
  const found = new Map<string, TogetherFinding>();
  for (const [index, one] of tables.entries()) {
    for (const other of tables.slice(index + 1)) {
      const joint = jointRanges([one, other]);
      const findings =
        joint === null
          ? differences(one, other, cellCountMin)
          : [
              ...shownThrough(one, [other], joint, cellCountMin),
              ...shownThrough(other, [one], joint, cellCountMin),
            ];
      for (const finding of findings)
        found.set(`${finding.table}/${cellKey(finding.cell)}/${finding.others.join()}`, finding);
    }
  }
  return [...found.values(), ...throughAll(tables, cellCountMin, found)];
}

/** What only three or more tables tell, where all can be about the same people. */
function throughAll(
  tables: readonly KnownTable[],
  cellCountMin: number,
  found: ReadonlyMap<string, TogetherFinding>,
): TogetherFinding[] {
  if (tables.length < 3) return [];
  const joint = jointRanges(tables);
  if (joint === null) return [];
  const known = new Set([...found.values()].map(({ table, cell }) => `${table}/${cellKey(cell)}`));
  return tables
    .flatMap((one) =>
      shownThrough(
        one,
        tables.filter((other) => other !== one),
        joint,
        cellCountMin,
      ),
    )
    .filter(({ table, cell }) => !known.has(`${table}/${cellKey(cell)}`));
}

function shownThrough(
  one: KnownTable,
  others: readonly KnownTable[],
  joint: ReadonlyMap<string, CountInterval>,
  cellCountMin: number,
): TogetherFinding[] {
  const keys = keysOf(one);
  const alone = new Map((auditTable(one.table) ?? []).map((cell) => [cellKey(cell), cell]));
  return cellsOf(one.table).flatMap((cell, arc) => {
    const before = alone.get(cellKey(cell));
    const range = joint.get(keys[arc] ?? '');
    if (before === undefined || range === undefined) return [];
    if (!tellsTooMuch(range, cellCountMin) || tellsTooMuch(before, cellCountMin)) return [];
    const names = others.map(({ name }) => name);
    const why = `"${cellName(one.table, cell)}" is suppressed here, and together with ${names.join(', ')} it can only be ${rangeText(range)}.`;
    return [{ table: one.name, cell, others: names, rule: 'differencing', status: 'fail', why } as const];
  });
}

/** Figures of the same name over people who are not the same: their difference counts those who are in one only. */
function differences(one: KnownTable, other: KnownTable, cellCountMin: number): TogetherFinding[] {
  const places = new Map(keysOf(other).map((key, arc) => [key, arc]));
  const cells = cellsOf(one.table);
  return keysOf(one).flatMap((key, arc) => {
    const there = places.get(key);
    const cell = cells[arc];
    if (there === undefined || cell === undefined) return [];
    if (!isShown(one, arc) || !isShown(other, there)) return [];
    const [a, b] = [shownInterval(one.table, arc), shownInterval(other.table, there)];
    const difference =
      a.atLeast > b.atMost
        ? { atLeast: a.atLeast - b.atMost, atMost: a.atMost - b.atLeast }
        : { atLeast: b.atLeast - a.atMost, atMost: b.atMost - a.atLeast };
    if (difference.atLeast < 1 || difference.atMost >= cellCountMin) return [];
    const why = `"${cellName(one.table, cell)}" differs from that of ${other.name} by ${rangeText(difference)}, fewer than ${cellCountMin}: whoever has both tables knows of these people.`;
    return [
      { table: one.name, cell, others: [other.name], rule: 'differencing', status: 'fail', why } as const,
    ];
  });
}

function isShown({ table }: KnownTable, arc: number): boolean {
  return (table.cells[arc]?.value ?? null) !== null;
}
