import type { Random } from '../../../core/random/random.js';
import { createMissingBitmap, isMissing, markMissing } from '../../../core/table/missing-bitmap.js';
import type { Column, MissingBitmap } from '../../../core/table/table.js';
import { leafOf } from '../../../core/trees/tree.js';
import { missingBin, numberBin } from './column-bins.js';
import type { CategoriesModel, ColumnModel, NumbersModel } from './model.js';
import { drawNumber } from './number-leaves.js';
import { pickEntry } from './pick-entry.js';
import { snapToGrid } from '../guards/value-grid.js';

/** The columns of a block so far, in the order they are made. */
export interface DrawnColumns {
  readonly bins: Uint8Array[];
  readonly missing: MissingBitmap[];
}

/** Which rows are drawn: a row's cells follow from its number alone, however the rows are dealt out. */
export interface DrawnRows {
  readonly count: number;
  numberOf(offset: number): number;
  /** The uniform that picks a value of the leaf, where rows are not to be drawn apart from each other. */
  readonly uniformOf?: (tree: number, leaf: number) => number;
}

/** A column of a block, and how later columns see it. */
export interface DrawnColumn {
  readonly column: Column;
  readonly bins: Uint8Array;
}

/** Row i uses uniformAt(i, draw). A new kind of draw gets a new number, so that the old values stay as they are. */
const draws = { missing: 0, tree: 1, value: 2 } as const;

export function drawColumn(
  model: ColumnModel,
  earlier: DrawnColumns,
  rows: DrawnRows,
  random: Random,
): DrawnColumn {
  const missing = drawMissing(model, earlier, rows, random);
  const { values } = model;
  return values.kind === 'numbers'
    ? drawNumbers(model, values, { missing, earlier, rows, random })
    : drawCategories(model, values, { missing, earlier, rows, random });
}

interface Drawing {
  readonly missing: MissingBitmap;
  readonly earlier: DrawnColumns;
  readonly rows: DrawnRows;
  readonly random: Random;
}

function drawMissing(
  { missing: model, values }: ColumnModel,
  earlier: DrawnColumns,
  rows: DrawnRows,
  random: Random,
): MissingBitmap {
  if (model.kind === 'as') return earlier.missing[model.column]?.slice() ?? createMissingBitmap(rows.count);
  const missing = createMissingBitmap(rows.count);
  for (let offset = 0; offset < rows.count; offset += 1) {
    const share =
      model.kind === 'share' ? model.share : (model.shares[leafOf(model.tree, earlier.bins, offset)] ?? 0);
    // The comparison with 1 as well: no uniform is 1.
    if (random.uniformAt(rows.numberOf(offset), draws.missing) < share || values.trees.length === 0)
      markMissing(missing, offset);
  }
  return missing;
}

function drawNumbers(
  { bins, type }: ColumnModel,
  { trees, grid, bounds }: NumbersModel,
  { missing, earlier, rows, random }: Drawing,
): DrawnColumn {
  const { count } = rows;
  const values = new Float64Array(count);
  const binned = new Uint8Array(count); // missingBin
  for (let offset = 0; offset < count; offset += 1) {
    if (isMissing(missing, offset)) continue;
    const picked = pickTree(trees.length, rows.numberOf(offset), random);
    const grown = trees[picked];
    if (!grown) continue;
    const leaf = leafOf(grown.tree, earlier.bins, offset);
    const uniform = rows.uniformOf?.(picked, leaf) ?? random.uniformAt(rows.numberOf(offset), draws.value);
    const drawn = drawNumber(grown.leaves, leaf, uniform);
    const value = Math.min(bounds.high, Math.max(bounds.low, snapToGrid(grid, drawn)));
    values[offset] = value;
    if (bins.kind === 'numbers') binned[offset] = numberBin(bins.cuts, value);
  }
  return { column: numericColumn(type, values, missing), bins: binned };
}

export function numericColumn(
  type: ColumnModel['type'],
  values: Float64Array,
  missing: MissingBitmap,
): Column {
  if (type === 'date') return { kind: 'date', values: Int32Array.from(values), missing };
  return { kind: type === 'datetime' ? 'datetime' : 'number', values, missing };
}

function drawCategories(
  { bins }: ColumnModel,
  { trees, dictionary }: CategoriesModel,
  { missing, earlier, rows, random }: Drawing,
): DrawnColumn {
  const { count } = rows;
  const codes = new Int32Array(count);
  const binned = new Uint8Array(count);
  for (let offset = 0; offset < count; offset += 1) {
    if (isMissing(missing, offset)) continue;
    const picked = pickTree(trees.length, rows.numberOf(offset), random);
    const grown = trees[picked];
    if (!grown) continue;
    const leaf = leafOf(grown.tree, earlier.bins, offset);
    const { starts, cumulative } = grown.leaves;
    const uniform = rows.uniformOf?.(picked, leaf) ?? random.uniformAt(rows.numberOf(offset), draws.value);
    const { entry } = pickEntry(cumulative, starts[leaf] ?? 0, starts[leaf + 1] ?? 0, uniform);
    const code = grown.leaves.codes[entry] ?? 0;
    codes[offset] = code;
    if (bins.kind === 'categories') binned[offset] = bins.binOfCode[code] ?? missingBin;
  }
  return { column: { kind: 'category', codes, dictionary, missing }, bins: binned };
}

function pickTree(trees: number, row: number, random: Random): number {
  return trees <= 1 ? 0 : Math.floor(random.uniformAt(row, draws.tree) * trees);
}
