import type { Random } from '../../core/random/random.js';
import { createMissingBitmap, isMissing, markMissing } from '../../core/table/missing-bitmap.js';
import type { Column } from '../../core/table/table.js';
import { cellText } from '../../core/table/key-cells.js';
import { chooseLeafRows, choosePlaceRows } from './choose-rows.js';
import type { DrawnTable } from './draw-table.js';
import type { RowsToMake } from './made-rows.js';
import type { TableModel } from './model.js';
import { newKey } from './new-keys.js';
import { foreignKeyRule, ownKeyColumns, planOf } from './plan-dataset.js';
import type { DatasetPlan, Relation, TablePlan } from './plan-dataset.js';
import { boundsOf } from './row-times.js';
import type { PresentTable } from './row-times.js';
import { inUnit, intoWindow } from './times.js';

/** A table of a block, complete. */
export interface MadeTable extends PresentTable {
  readonly seen: readonly Uint8Array[];
  readonly leaves: ReadonlyMap<number, Int32Array>;
  /** By relation: how many rows of the child each row is given. */
  readonly counts: ReadonlyMap<number, Int32Array>;
  /** By relation: how many rows of the child each row has below it, where others lie between. */
  readonly totals: ReadonlyMap<number, Int32Array>;
}

type MadeTables = ReadonlyMap<string, MadeTable>;

interface Finishing {
  readonly dataset: DatasetPlan;
  readonly plan: TablePlan;
  readonly model: TableModel;
  readonly made: MadeTables;
  readonly random: Random;
  readonly firstRow: number;
}

/** Makes columns of the fields: keys, times, dates from their offsets, and the rows that are named. */
export function finishTable(rows: RowsToMake, drawn: DrawnTable, finishing: Finishing): MadeTable {
  const { plan } = finishing;
  const rowCount = rows.linked.unit.length;
  const columns = new Map<string, Column>([
    ...keyColumnsOf(rows, drawn, finishing),
    ...timeColumns(rowCount, drawn.time, finishing),
    ...fieldColumns(rows, drawn, finishing),
  ]);
  const inOrder = plan.shape.columns.flatMap(({ name }): [string, Column][] => {
    const column = columns.get(name);
    return column ? [[name, column]] : [];
  });
  return {
    plan,
    rowCount,
    linked: rows.linked,
    columns: new Map(inOrder),
    time: drawn.time,
    seen: drawn.seen,
    leaves: drawn.leaves,
    counts: countsOf(drawn, finishing),
    totals: totalsOf(drawn, finishing),
  };
}

function keyColumnsOf(rows: RowsToMake, drawn: DrawnTable, finishing: Finishing): Map<string, Column> {
  const { dataset, plan, model, made, firstRow } = finishing;
  const rowCount = rows.linked.unit.length;
  const columns = new Map<string, Column>();
  for (const name of ownKeyColumns(plan.shape, dataset.relations))
    columns.set(
      name,
      textColumn(rowCount, (row) => newKey(model.keys, firstRow + row)),
    );
  for (const relation of [...plan.links, ...plan.owners].reverse()) {
    const targets = targetRows(relation, rows, drawn, finishing);
    const parent = made.get(relation.parent)?.columns;
    for (const [part, name] of relation.foreignKey.entries()) {
      const key = parent?.get(relation.parentKey[part] ?? '');
      const cellOf = (row: number): string | null => {
        const target = targets[row] ?? -1;
        return key && target >= 0 ? cellText(key, target) : null;
      };
      columns.set(name, textColumn(rowCount, cellOf, columns.get(name)));
    }
  }
  return columns;
}

/** @param otherwise what a row without a cell of its own keeps, where two relations share a column */
function textColumn(rowCount: number, cellOf: (row: number) => string | null, otherwise?: Column): Column {
  const missing = createMissingBitmap(rowCount);
  const isShared = otherwise?.kind === 'text';
  const values = Array.from({ length: rowCount }, (_, row) => {
    const cell = cellOf(row) ?? (isShared ? cellText(otherwise, row) : null);
    if (cell === null) markMissing(missing, row);
    return cell ?? '';
  });
  return { kind: 'text', values, missing };
}

function targetRows(
  relation: Relation,
  { linked }: RowsToMake,
  drawn: DrawnTable,
  { dataset, plan, made, random, firstRow }: Finishing,
): Int32Array {
  const place = plan.fields.findIndex(
    (field) => (field.kind === 'place' || field.kind === 'leaf') && field.relation.id === relation.id,
  );
  const field = drawn.fields[place];
  const target = made.get(relation.parent);
  if (plan.links.includes(relation)) {
    if (!field || !target) return linked.unit.map(() => -1);
    const stream = random.fork(`link/${relation.id}`);
    return chooseLeafRows(field, { target, relation }, (row) => stream.uniformAt(firstRow + row));
  }
  const chosen = field && target ? choosePlaceRows(field, linked.unit, target) : null;
  const ancestorsOf = (name: string): readonly string[] => planOf(dataset, name).ancestors;
  const rules = plan.owners.map((owner) =>
    owner.id === relation.id ? 'owner' : foreignKeyRule(owner, relation, ancestorsOf),
  );
  const above = linked.ancestors.get(relation.parent);
  return linked.owner.map((owner, row) => {
    const rule = rules[owner];
    if (rule === 'owner') return linked.ownerRow[row] ?? -1;
    if (rule === 'derived') return above?.[row] ?? -1;
    return rule === 'chosen' ? (chosen?.[row] ?? -1) : -1;
  });
}

function timeColumns(
  rowCount: number,
  time: Float64Array,
  { plan: { clock } }: Finishing,
): Map<string, Column> {
  if (!clock) return new Map();
  const missing = createMissingBitmap(rowCount);
  time.forEach((each, row) => {
    if (Number.isNaN(each)) markMissing(missing, row);
  });
  const values = time.map((each) => (Number.isNaN(each) ? 0 : each));
  if (clock.unit === 'date')
    return new Map([[clock.column, { kind: 'date', values: Int32Array.from(values), missing }]]);
  return new Map([[clock.column, { kind: clock.unit, values, missing }]]);
}

function fieldColumns(rows: RowsToMake, drawn: DrawnTable, finishing: Finishing): Map<string, Column> {
  const { plan } = finishing;
  const columns = new Map<string, Column>();
  for (const [place, field] of plan.fields.entries()) {
    const column = drawn.fields[place];
    if (field.kind !== 'column' || !column) continue;
    const isDate = field.type === 'date' || field.type === 'datetime';
    const unit = field.type === 'date' ? 'date' : 'datetime';
    columns.set(field.name, isDate ? dateColumn(rows, drawn, finishing, { ...field, unit, column }) : column);
  }
  return columns;
}

interface DateField {
  readonly name: string;
  readonly unit: 'date' | 'datetime';
  readonly column: Column;
}

/** Dates from their distance to the row's own time, inside their window. */
function dateColumn(
  { linked }: RowsToMake,
  { time }: DrawnTable,
  { dataset, plan, made }: Finishing,
  { name, unit, column }: DateField,
): Column {
  const rowCount = linked.unit.length;
  const here = { plan, rowCount, linked };
  const { low, high } = boundsOf(dataset, here, made, { column: name, unit, decimals: 0 });
  const missing = createMissingBitmap(rowCount);
  const values = new Float64Array(rowCount);
  const offsets = column.kind === 'number' ? column.values : new Float64Array();
  for (let row = 0; row < rowCount; row += 1) {
    const from = inUnit(time[row] ?? NaN, plan.clock?.unit ?? 'number', unit);
    if (isMissing(column.missing, row) || Number.isNaN(from)) markMissing(missing, row);
    else values[row] = Math.round(intoWindow(from + (offsets[row] ?? 0), low[row] ?? NaN, high[row] ?? NaN));
  }
  return unit === 'date'
    ? { kind: unit, values: Int32Array.from(values), missing }
    : { kind: unit, values, missing };
}

function totalsOf({ fields }: DrawnTable, { plan }: Finishing): Map<number, Int32Array> {
  const totals = new Map<number, Int32Array>();
  for (const [place, field] of plan.fields.entries()) {
    const column = fields[place];
    if (field.kind === 'total' && column?.kind === 'number')
      totals.set(field.relation.id, Int32Array.from(column.values));
  }
  return totals;
}

function countsOf({ fields }: DrawnTable, { dataset, plan }: Finishing): Map<number, Int32Array> {
  const counts = new Map<number, Int32Array>();
  for (const [place, field] of plan.fields.entries()) {
    const column = fields[place];
    if (field.kind !== 'count' || column?.kind !== 'number') continue;
    const { relation } = field;
    const child = planOf(dataset, relation.child);
    // A child whose own key is the parent's can be there once.
    const { primaryKey } = child.shape;
    const isSingle =
      child.owners.some(({ id }) => id === relation.id) &&
      primaryKey.length > 0 &&
      primaryKey.every((name) => relation.foreignKey.includes(name));
    const most = isSingle ? 1 : Infinity;
    const { values, missing } = column;
    counts.set(
      relation.id,
      Int32Array.from(values, (value, row) =>
        isMissing(missing, row) ? 0 : Math.min(most, Math.max(0, value)),
      ),
    );
  }
  return counts;
}
