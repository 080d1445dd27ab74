import type { Random } from '../../../core/random/random.js';
import { createMissingBitmap, isMissing, markMissing } from '../../../core/table/missing-bitmap.js';
import type { Column, MissingBitmap } from '../../../core/table/table.js';
import { leafOf } from '../../../core/trees/tree.js';
import type { RowRange } from '../column-sampler.js';
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
  range: RowRange,
  random: Random,
): DrawnColumn {
  const missing = drawMissing(model, earlier, range, random);
  const { values } = model;
  return values.kind === 'numbers'
    ? drawNumbers(model, values, { missing, earlier, range, random })
    : drawCategories(model, values, { missing, earlier, range, random });
}

interface Drawing {
  readonly missing: MissingBitmap;
  readonly earlier: DrawnColumns;
  readonly range: RowRange;
  readonly random: Random;
}

function drawMissing(
  { missing: model, values }: ColumnModel,
  earlier: DrawnColumns,
  { start, count }: RowRange,
  random: Random,
): MissingBitmap {
  if (model.kind === 'as') return earlier.missing[model.column]?.slice() ?? createMissingBitmap(count);
  const missing = createMissingBitmap(count);
  for (let offset = 0; offset < count; offset += 1) {
    const share =
      model.kind === 'share' ? model.share : (model.shares[leafOf(model.tree, earlier.bins, offset)] ?? 0);
    // The comparison with 1 as well: no uniform is 1.
    if (random.uniformAt(start + offset, draws.missing) < share || values.trees.length === 0)
      markMissing(missing, offset);
  }
  return missing;
}

function drawNumbers(
  { bins, type }: ColumnModel,
  { trees, grid, bounds }: NumbersModel,
  { missing, earlier, range: { start, count }, random }: Drawing,
): DrawnColumn {
  const values = new Float64Array(count);
  const binned = new Uint8Array(count); // missingBin
  for (let offset = 0; offset < count; offset += 1) {
    if (isMissing(missing, offset)) continue;
    const grown = trees[pickTree(trees.length, start + offset, random)];
    if (!grown) continue;
    const leaf = leafOf(grown.tree, earlier.bins, offset);
    const drawn = drawNumber(grown.leaves, leaf, random.uniformAt(start + offset, draws.value));
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
  { missing, earlier, range: { start, count }, random }: Drawing,
): DrawnColumn {
  const codes = new Int32Array(count);
  const binned = new Uint8Array(count);
  for (let offset = 0; offset < count; offset += 1) {
    if (isMissing(missing, offset)) continue;
    const grown = trees[pickTree(trees.length, start + offset, random)];
    if (!grown) continue;
    const leaf = leafOf(grown.tree, earlier.bins, offset);
    const { starts, cumulative } = grown.leaves;
    const uniform = random.uniformAt(start + offset, draws.value);
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
