import type { Random } from '../../../core/random/random.js';
import { isMissing } from '../../../core/table/missing-bitmap.js';
import { growTree } from '../../../core/trees/grow-tree.js';
import type { GrowOptions, GrownTree } from '../../../core/trees/grow-tree.js';
import type { BinnedFeature } from '../../../core/trees/tree.js';
import { categoryLeaves } from './category-leaves.js';
import type { ColumnBins } from './column-bins.js';
import type { ColumnModel, MissingModel } from './model.js';
import { numberLeaves } from './number-leaves.js';
import type { CartParameters } from './parameters.js';
import type { PreparedColumn } from '../guards/prepared-column.js';
import { countSubjects } from '../guards/subject-counts.js';
import { targetOf } from './tree-target.js';

/** What is known of the rows when a column is learned. */
export interface EarlierColumns {
  readonly rowCount: number;
  readonly features: readonly BinnedFeature[];
  /** Of the table itself; there may be more features than these. */
  readonly prepared: readonly PreparedColumn[];
  /** The subject of each row, where subjects have several rows: every floor counts them then. */
  readonly subjects?: Int32Array;
  /** 1 for the rows that trees grow on; all where none are given. */
  readonly learned?: Uint8Array;
}

/** Splits that gain less than this share of the root's impurity are noise of the arithmetic (synthpop's cp). */
const minGainShare = 1e-8;
/**
 * Splits that do not stand out of chance only sort the rows: leaves then repeat combinations of single rows. At 3 a
 * table of independent columns is copied no more often than a fresh draw of the same law would (guards.test.ts).
 */
const noiseFactor = 3;
/** Of the rows, for each of several trees: what a bootstrap would see of them. */
const subsampleShare = 0.632;

export function fitColumn(
  column: PreparedColumn,
  bins: ColumnBins,
  earlier: EarlierColumns,
  { parameters, random }: { parameters: CartParameters; random: Random },
): ColumnModel {
  const { name, type } = column.schema;
  const missing = fitMissing(column, earlier, parameters);
  const grown = growTrees(column, earlier, parameters, random);
  if (column.kind === 'numbers') {
    const { grid, bounds } = column;
    const trees = grown.map((each) => ({ tree: each.tree, leaves: numberLeaves(each, column) }));
    return { name, type, missing, bins, values: { kind: 'numbers', grid, bounds, trees } };
  }
  const trees = grown.map((each) => ({ tree: each.tree, leaves: categoryLeaves(each, column) }));
  return { name, type, missing, bins, values: { kind: 'categories', dictionary: column.dictionary, trees } };
}

function growTrees(
  column: PreparedColumn,
  { rowCount, features, subjects, learned }: EarlierColumns,
  parameters: CartParameters,
  random: Random,
): GrownTree[] {
  const present = learned ? column.present.filter((row) => learned[row] === 1) : column.present;
  if (present.length === 0) return [];
  const { target, isRare } = targetOf(column, rowCount);
  const options = { ...growth(parameters, subjects), purity: { rows: parameters.purityFloor, isRare } };
  return Array.from({ length: parameters.bagging }, (_, tree) => {
    const rows =
      parameters.bagging === 1
        ? present
        : present.filter((row) => random.uniformAt(subjects?.[row] ?? row, tree) < subsampleShare);
    return growTree(features, target, rows.length > 0 ? rows : present, options);
  });
}

/**
 * Columns that are missing in the same rows stay so. A few missing cells are drawn by their share alone, so that no
 * leaf tells whose they were. Missingness is no rare value: structural gaps stay exact however few rows have them.
 */
function fitMissing(
  { missing, present }: PreparedColumn,
  { rowCount, features, prepared, subjects, learned }: EarlierColumns,
  parameters: CartParameters,
): MissingModel {
  const absent = rowCount - present.length;
  const twin = prepared.findIndex((other) => equalBytes(other.missing, missing));
  if (absent > 0 && present.length > 0 && twin >= 0) return { kind: 'as', column: twin };
  const rowsAll = Int32Array.from({ length: rowCount }, (_, row) => row);
  const all = learned ? rowsAll.filter((row) => learned[row] === 1) : rowsAll;
  const without = all.filter((row) => isMissing(missing, row));
  if (countSubjects(without, subjects) < parameters.categoryFloor || present.length === 0)
    return { kind: 'share', share: all.length === 0 ? 0 : without.length / all.length };
  const values = Float64Array.from(rowsAll, (row) => (isMissing(missing, row) ? 1 : 0));
  const options = growth(parameters, subjects);
  const { tree, rows, leafStarts } = growTree(features, { kind: 'values', values }, all, options);
  const shares = Float64Array.from({ length: tree.leafCount }, (_, leaf) => {
    const donors = rows.subarray(leafStarts[leaf], leafStarts[leaf + 1]);
    return donors.reduce((sum, row) => sum + (values[row] ?? 0), 0) / donors.length;
  });
  return { kind: 'tree', tree, shares };
}

function growth({ minLeaf, maxDepth }: CartParameters, subjects: Int32Array | undefined): GrowOptions {
  const groups = subjects ? { groups: subjects } : {};
  return { minLeaf, depthMax: maxDepth, minGainShare, noiseFactor, ...groups };
}

function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
