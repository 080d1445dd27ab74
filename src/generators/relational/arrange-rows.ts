import { isMissing } from '../../core/table/missing-bitmap.js';
import { selectRows } from '../../core/table/select-rows.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import type { DatasetTable } from './dataset.js';
import { keyPlaces, linkRows } from './link-rows.js';
import type { KnownTable, LinkedRows } from './link-rows.js';
import type { DatasetPlan, TablePlan } from './plan-dataset.js';

/** A table in the order in which it is made: by subject, by parent row, by time. */
export interface ArrangedTable extends KnownTable {
  readonly plan: TablePlan;
  readonly rows: ColumnSource;
  readonly sequence: SequencePlaces;
}

/** Where each row stands among the rows of its parent. */
export interface SequencePlaces {
  /** From 0. */
  readonly position: Int32Array;
  /** Rows of the same parent row. */
  readonly siblings: Int32Array;
}

/** @throws {RelationalError} as `linkRows` and `keyPlaces` do */
export async function arrangeTable(
  plan: DatasetPlan,
  table: TablePlan,
  source: DatasetTable,
  known: ReadonlyMap<string, KnownTable>,
): Promise<ArrangedTable> {
  const places = await keyPlaces(plan, table, source);
  const linked = await linkRows(plan, table, source, known);
  const order = await madeOrder(table, source.rows, linked);
  const placeOf = new Int32Array(order.length);
  order.forEach((row, place) => (placeOf[row] = place));
  const arranged = rearranged(linked, order, table.owners.length === 0);
  const moved = [...places].map(([name, rows]): [string, ReadonlyMap<string, number>] => [
    name,
    new Map([...rows].map(([key, row]) => [key, placeOf[row] ?? -1])),
  ]);
  return {
    plan: table,
    rows: selectRows(source.rows, order),
    linked: arranged,
    places: new Map(moved),
    sequence: sequencePlaces(arranged),
  };
}

async function madeOrder(
  { clock, owners }: TablePlan,
  rows: ColumnSource,
  { owner, ownerRow, unit }: LinkedRows,
): Promise<Int32Array> {
  const order = Int32Array.from({ length: rows.rowCount }, (_, row) => row);
  if (owners.length === 0) return order;
  const time = clock ? await rows.column(clock.column) : null;
  // What has no time comes last.
  const timeOf = (row: number): number =>
    !time || time.kind === 'category' || time.kind === 'text' || isMissing(time.missing, row)
      ? Number.MAX_VALUE
      : (time.values[row] ?? Number.MAX_VALUE);
  const at = (values: Int32Array, row: number): number => values[row] ?? 0;
  return order.sort(
    (a, b) =>
      at(unit, a) - at(unit, b) ||
      at(owner, a) - at(owner, b) ||
      at(ownerRow, a) - at(ownerRow, b) ||
      timeOf(a) - timeOf(b) ||
      a - b,
  );
}

function rearranged(linked: LinkedRows, order: Int32Array, isRoot: boolean): LinkedRows {
  const select = (values: Int32Array): Int32Array => order.map((row) => values[row] ?? -1);
  const selectAll = <K>(columns: ReadonlyMap<K, Int32Array>): Map<K, Int32Array> =>
    new Map([...columns].map(([key, values]) => [key, select(values)]));
  return {
    owner: select(linked.owner),
    ownerRow: select(linked.ownerRow),
    unit: isRoot ? order.map((_, place) => place) : select(linked.unit),
    ancestors: selectAll(linked.ancestors),
    targets: selectAll(linked.targets),
  };
}

/** Rows of one parent row lie together. A row of a root stands alone. */
export function sequencePlaces({ owner, ownerRow }: Pick<LinkedRows, 'owner' | 'ownerRow'>): SequencePlaces {
  const count = owner.length;
  const position = new Int32Array(count);
  const siblings = new Int32Array(count).fill(1);
  for (let start = 0, end = 0; start < count; start = end) {
    end = start + 1;
    while (
      end < count &&
      (ownerRow[start] ?? -1) >= 0 &&
      ownerRow[end] === ownerRow[start] &&
      owner[end] === owner[start]
    )
      end += 1;
    for (let row = start; row < end; row += 1) {
      position[row] = row - start;
      siblings[row] = end - start;
    }
  }
  return { position, siblings };
}
