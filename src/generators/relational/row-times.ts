import type { Column } from '../../core/table/table.js';
import type { TimeReference } from './dataset.js';
import type { LinkedRows } from './link-rows.js';
import type { DatasetPlan, TablePlan } from './plan-dataset.js';
import { RelationalError } from './relational-error.js';
import { boundOf, inUnit, numbersOf, unitOf } from './times.js';
import type { TimeUnit } from './times.js';

/** What other tables have to know of one whose rows are there, learned from or made. */
export interface PresentTable {
  readonly plan: TablePlan;
  readonly rowCount: number;
  readonly linked: Pick<LinkedRows, 'owner' | 'ownerRow' | 'unit' | 'ancestors'>;
  readonly columns: ReadonlyMap<string, Column>;
  /** In the unit of its clock, NaN where there is none. */
  readonly time: Float64Array;
}

export type PresentTables = ReadonlyMap<string, PresentTable>;

/** Between what the times of a column lie, row by row; NaN: no bound. */
export interface RowBounds {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

type Here = Pick<PresentTable, 'plan' | 'rowCount' | 'linked'>;

/** @param unit of the column; ends are rounded inwards to `decimals` */
export function boundsOf(
  { shape }: DatasetPlan,
  here: Here,
  present: PresentTables,
  { column, unit, decimals }: { column: string; unit: TimeUnit; decimals: number },
): RowBounds {
  const low = new Float64Array(here.rowCount).fill(NaN);
  const high = new Float64Array(here.rowCount).fill(NaN);
  const scale = 10 ** decimals;
  for (const window of shape.windows) {
    if (window.table !== here.plan.shape.name || window.column !== column) continue;
    const { notBefore, notAfter } = window;
    if (notBefore)
      referenceBounds(here, present, { reference: notBefore, to: unit, end: 'low' }).forEach((bound, row) => {
        const inside = Math.ceil(bound * scale) / scale;
        if (!(inside <= (low[row] ?? NaN))) low[row] = Number.isNaN(inside) ? (low[row] ?? NaN) : inside;
      });
    if (notAfter)
      referenceBounds(here, present, { reference: notAfter, to: unit, end: 'high' }).forEach((bound, row) => {
        const inside = Math.floor(bound * scale) / scale;
        if (!(inside >= (high[row] ?? NaN))) high[row] = Number.isNaN(inside) ? (high[row] ?? NaN) : inside;
      });
  }
  return { low, high };
}

function referenceBounds(
  here: Here,
  present: PresentTables,
  { reference, to, end }: { reference: TimeReference; to: TimeUnit; end: 'low' | 'high' },
): Float64Array {
  const rows = referencedRows(here, present, reference);
  const column = present.get(reference.table)?.columns.get(reference.column);
  if (!column) throw unreachable(here, reference);
  const cells = numbersOf(column);
  const reading = { reads: reference.reads, from: unitOf(column), to, end };
  return Float64Array.from(rows, (row) => (row < 0 ? NaN : boundOf(cells[row] ?? NaN, reading)));
}

function referencedRows(here: Here, present: PresentTables, reference: TimeReference): Int32Array {
  const above = here.linked.ancestors.get(reference.table);
  if (above) return above;
  const other = present.get(reference.table);
  const [owner, ...others] = other?.plan.owners ?? [];
  const shared = owner && here.linked.ancestors.get(owner.parent);
  if (!other || !owner || others.length > 0 || !shared) throw unreachable(here, reference);
  const rowOf = new Map<number, number>();
  other.linked.ownerRow.forEach((parent, row) => {
    if (rowOf.has(parent))
      throw new RelationalError(
        { table: reference.table, columns: [reference.column] },
        `a row of "${owner.parent}" has several rows here, so that they cannot bound "${here.plan.shape.name}".`,
      );
    rowOf.set(parent, row);
  });
  return shared.map((row) => rowOf.get(row) ?? -1);
}

function unreachable({ plan }: Here, { table, column }: TimeReference): RelationalError {
  return new RelationalError(
    { table, columns: [column] },
    `it bounds no time of "${plan.shape.name}": it is neither above it nor a single row of what is.`,
  );
}

/**
 * From what the first time of each parent counts: the time of the nearest row above that has one, else the low end of
 * the window. Times in numbers, and dates with nothing above, count from zero.
 */
export function anchorsOf(here: Here, present: PresentTables, low: Float64Array): Float64Array {
  const { clock, ancestors } = here.plan;
  const anchors = new Float64Array(here.rowCount);
  if (!clock || clock.unit === 'number') return anchors;
  const above = ancestors
    .flatMap((name) => {
      const table = present.get(name);
      const rows = here.linked.ancestors.get(name);
      const unit = table?.plan.clock?.unit;
      return table && rows && unit && unit !== 'number' ? [{ time: table.time, rows, unit }] : [];
    })
    .reverse();
  if (above.length === 0 && low.every(Number.isNaN)) return anchors;
  return anchors.map((_, row) => {
    for (const { time, rows, unit } of above) {
      const found = time[rows[row] ?? -1] ?? NaN;
      if (!Number.isNaN(found)) return inUnit(found, unit, clock.unit);
    }
    return low[row] ?? NaN;
  });
}
