import { checkTogether } from './check-together.js';
import { keysOf } from './joint-ranges.js';
import { protectTable } from './protect-table.js';
import type { ProtectedTable } from './protect-table.js';
import { publishTable } from './published-table.js';
import { cellKey, cellName, cellsOf, countAt } from './table-for-release.js';
import type { CellRef, FrequencyTable } from './table-for-release.js';
import type { TableRules } from './table-rules.js';
import { UnsupportedTableError } from './unsupported-table-error.js';

/** True counts with the cells that no rule lets be shown. */
export interface CountsToProtect {
  readonly name: string;
  readonly dimensions: readonly string[];
  readonly table: FrequencyTable;
  readonly primary: readonly CellRef[];
}

export interface ProtectedCounts extends ProtectedTable {
  /** Suppressed because of another table of the same source; `why` is a sentence for the real zone. */
  readonly because: readonly { readonly cell: CellRef; readonly why: string }[];
}

/**
 * Protects tables of one source so that they can be published beside each other. What is suppressed in one is
 * suppressed in all that show the same figure; where two are about different people, a figure whose difference would
 * count fewer people than the floor is suppressed in the second. Each is protected again until all agree: suppressions
 * only grow, so it ends.
 * @throws {UnsupportedTableError} when the tables tell too much together even so
 */
export function protectTogether(
  tables: readonly CountsToProtect[],
  { cellCountMin, countRounding }: TableRules,
): ProtectedCounts[] {
  const because = tables.map(() => new Map<string, { cell: CellRef; why: string }>());
  const protectOne = ({ table, primary }: CountsToProtect, index: number): ProtectedTable => {
    const forced = [...(because[index]?.values() ?? [])].map(({ cell }) => cell);
    return protectTable(table, [...primary, ...forced], { widthMin: cellCountMin, countRounding });
  };
  for (;;) {
    const done = tables.map(protectOne);
    const needed = suppressionsNeeded(tables, done, cellCountMin);
    for (const { table, cell, why } of needed) because[table]?.set(cellKey(cell), { cell, why });
    if (needed.length > 0) continue;
    refuseIfTelling(tables, done, cellCountMin);
    return done.map((one, index) => ({ ...one, because: [...(because[index]?.values() ?? [])] }));
  }
}

interface Needed {
  readonly table: number;
  readonly cell: CellRef;
  readonly why: string;
}

function suppressionsNeeded(
  tables: readonly CountsToProtect[],
  done: readonly ProtectedTable[],
  cellCountMin: number,
): Needed[] {
  return tables.flatMap((one, index) =>
    tables.flatMap((other, place) => {
      const published = [done[index]?.table, done[place]?.table];
      if (place === index || published[0] === undefined || published[1] === undefined) return [];
      return areSamePeople(one, other)
        ? shownElsewhere(one, { ...other, place }, [published[0], published[1]])
        : place > index
          ? telling(one, { ...other, place }, [published[0], published[1]], cellCountMin)
          : [];
    }),
  );
}

type Pair = readonly [ProtectedTable['table'], ProtectedTable['table']];

function shownElsewhere(
  one: CountsToProtect,
  other: CountsToProtect & { readonly place: number },
  [here, there]: Pair,
): Needed[] {
  const hidden = new Set(keysOf(one).filter((_, arc) => here.cells[arc]?.value === null));
  const cells = cellsOf(other.table);
  return keysOf(other).flatMap((key, arc) => {
    const cell = cells[arc];
    if (cell === undefined || !hidden.has(key) || there.cells[arc]?.value === null) return [];
    return [
      { table: other.place, cell, why: `"${cellName(other.table, cell)}" is suppressed in ${one.name}.` },
    ];
  });
}

function telling(
  one: CountsToProtect,
  other: CountsToProtect & { readonly place: number },
  [here, there]: Pair,
  cellCountMin: number,
): Needed[] {
  const findings = checkTogether(
    [
      { ...other, table: there },
      { ...one, table: here },
    ],
    cellCountMin,
  );
  return findings
    .filter(({ table, cell }) => table === other.name && !isHidden(there, cell))
    .map(({ cell, why }) => ({ table: other.place, cell, why }));
}

function isHidden({ cells }: ProtectedTable['table'], cell: CellRef): boolean {
  return cells.some((one) => one.value === null && cellKey(one) === cellKey(cell));
}

/** All figures that both have are the same. */
function areSamePeople(one: CountsToProtect, other: CountsToProtect): boolean {
  const figures = new Map(keysOf(one).map((key, arc) => [key, figureAt(one, arc)]));
  return keysOf(other).every((key, arc) => !figures.has(key) || figures.get(key) === figureAt(other, arc));
}

function figureAt({ table }: CountsToProtect, arc: number): number {
  const cell = cellsOf(table)[arc];
  return cell === undefined ? 0 : countAt(table, cell);
}

function refuseIfTelling(
  tables: readonly CountsToProtect[],
  done: readonly ProtectedTable[],
  cellCountMin: number,
): void {
  const published = tables.map(({ name, dimensions, table }, index) => ({
    ...{ name, dimensions },
    table: done[index]?.table ?? publishTable(table, () => false, 1),
  }));
  const [finding] = checkTogether(published, cellCountMin);
  if (finding === undefined) return;
  throw new UnsupportedTableError(
    `${finding.table} cannot be published beside ${finding.others.join(', ')}, whatever is suppressed for it here: ${finding.why}`,
  );
}
