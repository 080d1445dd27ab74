import { isMissing } from '../../core/table/missing-bitmap.js';
import type { Column } from '../../core/table/table.js';
import { WeightedChoice } from '../tabular/weighted-choice.js';
import type { LinkedRows } from './link-rows.js';
import type { Relation } from './plan-dataset.js';

/** The row at the drawn place among those of the same subject; the last one where there are fewer. */
export function choosePlaceRows(
  field: Column,
  unit: Int32Array,
  { linked }: { readonly linked: Pick<LinkedRows, 'unit'> },
): Int32Array {
  const stretches = new Map<number, { first: number; count: number }>();
  linked.unit.forEach((each, row) => {
    const stretch = stretches.get(each);
    if (stretch) stretch.count += 1;
    else stretches.set(each, { first: row, count: 1 });
  });
  const places = field.kind === 'number' ? field.values : new Float64Array();
  return unit.map((each, row) => {
    const stretch = stretches.get(each);
    if (!stretch || isMissing(field.missing, row)) return -1;
    return stretch.first + Math.min(stretch.count - 1, Math.max(0, Math.round(places[row] ?? 0)));
  });
}

interface LinkedTable {
  readonly target: {
    readonly rowCount: number;
    /** By relation: the leaf of each row, and how many rows are to name it. */
    readonly leaves: ReadonlyMap<number, Int32Array>;
    readonly counts: ReadonlyMap<number, Int32Array>;
  };
  readonly relation: Relation;
}

/** A row of the drawn leaf, or any where the leaf has none, in proportion to how many rows each is named by. */
export function chooseLeafRows(
  field: Column,
  { target, relation }: LinkedTable,
  uniformOf: (row: number) => number,
): Int32Array {
  if (field.kind !== 'category') return new Int32Array();
  const leaves = target.leaves.get(relation.id);
  const counts = target.counts.get(relation.id);
  const rowsOf = (leaf: number | null): Choice | null => {
    const rows = Int32Array.from({ length: target.rowCount }, (_, row) => row).filter(
      (row) => leaf === null || leaves?.[row] === leaf,
    );
    const weights = Array.from(rows, (row) => counts?.[row] ?? 0);
    if (rows.length === 0) return null;
    const isEven = weights.every((weight) => weight === 0);
    return { rows, choice: new WeightedChoice(relation.parent, isEven ? weights.map(() => 1) : weights) };
  };
  const any = rowsOf(null);
  const choices = field.dictionary.map((leaf) => (/^\d+$/.test(leaf) ? rowsOf(Number(leaf)) : null) ?? any);
  return field.codes.map((code, row) => {
    const chosen = choices[code] ?? any;
    if (isMissing(field.missing, row) || !chosen) return -1;
    return chosen.rows[chosen.choice.pick(uniformOf(row))] ?? -1;
  });
}

interface Choice {
  readonly rows: Int32Array;
  readonly choice: WeightedChoice;
}
