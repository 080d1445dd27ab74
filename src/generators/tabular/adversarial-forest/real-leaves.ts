import { maskWords } from '../../../core/trees/tree.js';
import type { BinnedFeature, Tree } from '../../../core/trees/tree.js';

/** A leaf of a tree that is cut back until every leaf has enough real rows. */
export interface RealLeaf {
  readonly rows: Int32Array;
  /** Lowest and highest bin by feature, for ordered ones. */
  readonly lowest: Uint8Array;
  readonly highest: Uint8Array;
}

interface Open extends RealLeaf {
  readonly node: number;
}

/** A split stays where both of its sides have `minLeaf` real rows; there is a leaf in any case. */
export function realLeaves(
  tree: Tree,
  features: readonly BinnedFeature[],
  rows: Int32Array,
  minLeaf: number,
): RealLeaf[] {
  const leaves: RealLeaf[] = [];
  const lowest = new Uint8Array(features.length);
  const highest = Uint8Array.from(features, ({ binCount }) => binCount - 1);
  const open: Open[] = [{ node: 0, rows, lowest, highest }];
  for (let current = open.pop(); current; current = open.pop()) {
    const parts = partsOf(tree, features, current);
    if (parts?.every((part) => part.rows.length >= minLeaf)) open.push(...parts.reverse());
    else leaves.push(current);
  }
  return leaves;
}

function partsOf(tree: Tree, features: readonly BinnedFeature[], parent: Open): Open[] | null {
  const { node, rows, lowest, highest } = parent;
  const splitOn = tree.feature[node] ?? -1;
  const feature = features[splitOn];
  if (splitOn < 0 || !feature) return null;
  const threshold = tree.threshold[node] ?? -1;
  const start = tree.maskStart[node] ?? 0;
  const mask = tree.masks.subarray(start, start + maskWords);
  const goesLeft = (row: number): boolean => {
    const bin = feature.bins[row] ?? 0;
    return threshold >= 0 ? bin <= threshold : (((mask[bin >> 5] ?? 0) >>> (bin & 31)) & 1) === 1;
  };
  const left = { node: tree.left[node] ?? 0, rows: rows.filter(goesLeft), lowest, highest: highest.slice() };
  const right = {
    ...{ node: tree.right[node] ?? 0, rows: rows.filter((row) => !goesLeft(row)) },
    ...{ lowest: lowest.slice(), highest },
  };
  if (threshold >= 0) {
    left.highest[splitOn] = Math.min(threshold, highest[splitOn] ?? 255);
    right.lowest[splitOn] = Math.max(threshold + 1, lowest[splitOn] ?? 0);
  }
  return [left, right];
}
