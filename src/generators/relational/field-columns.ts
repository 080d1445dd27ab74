import type { ColumnSchema } from '../../core/schema/schema.js';
import { createMissingBitmap, markMissing } from '../../core/table/missing-bitmap.js';
import type { Column } from '../../core/table/table.js';
import { leafOf } from '../../core/trees/tree.js';
import type { BinnedFeature } from '../../core/trees/tree.js';
import type { ColumnModel } from '../tabular/sequential-cart/model.js';
import type { ArrangedTable } from './arrange-rows.js';
import { foreignKeyRule } from './plan-dataset.js';
import type { Field, Relation } from './plan-dataset.js';
import { inUnit, numbersOf, unitOf } from './times.js';

/** A field as a column that can be learned like any other. */
export interface FieldColumn {
  readonly schema: ColumnSchema;
  readonly column: Column;
}

export interface FieldContext {
  readonly arranged: ReadonlyMap<string, ArrangedTable>;
  /** The columns of the table itself. */
  readonly columns: ReadonlyMap<string, Column>;
  readonly schemas: ReadonlyMap<string, ColumnSchema>;
  /** NaN where a row has none. */
  readonly time: Float64Array;
  /** The leaf of each row of a linked table, by relation. */
  readonly leaves: ReadonlyMap<number, Int32Array>;
}

export function fieldColumn(table: ArrangedTable, field: Field, context: FieldContext): FieldColumn {
  switch (field.kind) {
    case 'column': {
      const column = context.columns.get(field.name);
      const schema = context.schemas.get(field.name);
      if (!column || !schema) throw new TypeError(`Column "${field.name}" was not read.`);
      return field.asOffset ? offsetColumn(table, field.name, column, context.time) : { schema, column };
    }
    case 'place':
      return numberField(field.name, placesOf(table, field.relation, context.arranged));
    case 'leaf':
      return leafField(
        field.name,
        table.linked.targets.get(field.relation.id),
        context.leaves.get(field.relation.id),
      );
    case 'total':
      return numberField(field.name, totalCounts(table, field.relation, context.arranged));
    case 'count':
      return numberField(field.name, childCounts(table, field.relation, context.arranged));
  }
}

/** Dates as what lies between them and the row's own time, in their own unit. */
function offsetColumn(
  { plan: { clock } }: ArrangedTable,
  name: string,
  column: Column,
  time: Float64Array,
): FieldColumn {
  const [from, to] = [clock?.unit ?? 'number', unitOf(column)];
  const offsets = numbersOf(column).map((value, row) => value - inUnit(time[row] ?? NaN, from, to));
  return numberField(name, offsets);
}

/** @param values NaN is missing */
export function numberField(name: string, values: Float64Array): FieldColumn {
  const missing = createMissingBitmap(values.length);
  values.forEach((value, row) => {
    if (Number.isNaN(value)) markMissing(missing, row);
  });
  return {
    schema: { name, type: 'integer', missingMarkers: [] },
    column: { kind: 'number', values, missing },
  };
}

/** Rows of the child below each row, by whatever way. */
function totalCounts(
  { plan, rows }: ArrangedTable,
  { child }: Relation,
  arranged: ReadonlyMap<string, ArrangedTable>,
): Float64Array {
  const counts = new Float64Array(rows.rowCount);
  const above = arranged.get(child)?.linked.ancestors.get(plan.shape.name) ?? new Int32Array();
  for (const parent of above) if (parent >= 0) counts[parent] = (counts[parent] ?? 0) + 1;
  return counts;
}

/** Rows of the child that the relation owns; all that name a row where it owns none. */
function childCounts(
  { plan, rows }: ArrangedTable,
  relation: Relation,
  arranged: ReadonlyMap<string, ArrangedTable>,
): Float64Array {
  const counts = new Float64Array(rows.rowCount);
  const child = arranged.get(relation.child);
  if (!child) throw new TypeError(`Table "${relation.child}" of "${plan.shape.name}" was not read.`);
  const place = child.plan.owners.findIndex(({ id }) => id === relation.id);
  const targets = child.linked.targets.get(relation.id) ?? new Int32Array();
  targets.forEach((parent, row) => {
    if (parent < 0 || (place >= 0 && child.linked.owner[row] !== place)) return;
    counts[parent] = (counts[parent] ?? 0) + 1;
  });
  return counts;
}

/** Which of the rows of the same subject a row names, from 0. */
function placesOf(
  { plan, linked }: ArrangedTable,
  relation: Relation,
  arranged: ReadonlyMap<string, ArrangedTable>,
): Float64Array {
  const other = arranged.get(relation.parent);
  const first = firstOfUnits(other?.linked.unit ?? new Int32Array());
  const targets = linked.targets.get(relation.id) ?? new Int32Array();
  const ancestorsOf = (name: string): readonly string[] => arranged.get(name)?.plan.ancestors ?? [];
  const isChosen = plan.owners.map((owner) => foreignKeyRule(owner, relation, ancestorsOf) === 'chosen');
  return Float64Array.from(targets, (target, row) => {
    if (target < 0 || !isChosen[linked.owner[row] ?? 0]) return NaN;
    return target - (first.get(other?.linked.unit[target] ?? -1) ?? target);
  });
}

/** The first row of each subject, whose rows lie together. */
function firstOfUnits(unit: Int32Array): ReadonlyMap<number, number> {
  const first = new Map<number, number>();
  unit.forEach((each, row) => {
    if (!first.has(each)) first.set(each, row);
  });
  return first;
}

function leafField(
  name: string,
  targets: Int32Array | undefined,
  leaves: Int32Array | undefined,
): FieldColumn {
  const rows = targets ?? new Int32Array();
  const missing = createMissingBitmap(rows.length);
  rows.forEach((target, row) => {
    if (target < 0) markMissing(missing, row);
  });
  const codes = rows.map((target) => (target < 0 ? 0 : (leaves?.[target] ?? 0)));
  const size = codes.reduce((most, code) => Math.max(most, code + 1), 1);
  return {
    schema: { name, type: 'category', missingMarkers: [] },
    column: {
      kind: 'category',
      codes,
      dictionary: Array.from({ length: size }, (_, leaf) => String(leaf)),
      missing,
    },
  };
}

/** What kind of row each is: the leaf that its number of links is drawn from. */
export function leavesOf({ values }: ColumnModel, bins: readonly Uint8Array[], rowCount: number): Int32Array {
  const tree = values.trees[0]?.tree;
  return Int32Array.from({ length: rowCount }, (_, row) => (tree ? leafOf(tree, bins, row) : 0));
}

export function binsOfFeatures(features: readonly BinnedFeature[]): Uint8Array[] {
  return features.map(({ bins }) => bins);
}
