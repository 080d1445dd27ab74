import type { GrownTree, TreeTarget } from './grow-tree.js';
import { leafOf } from './tree.js';
import type { Tree } from './tree.js';

/** A tree and what its leaves say: `outputs[leaf * width + k]`. */
export interface PredictingTree {
  readonly tree: Tree;
  readonly outputs: Float64Array;
}

/** How many numbers a prediction has: one of each class, or one. */
export function widthOf(target: TreeTarget): number {
  return target.kind === 'classes' ? target.classCount : 1;
}

/** The share of each class in each leaf, or the mean of its values. */
export function meanOutputs({ rows, leafStarts }: GrownTree, target: TreeTarget): Float64Array {
  const width = widthOf(target);
  const outputs = new Float64Array((leafStarts.length - 1) * width);
  for (let leaf = 0; leaf + 1 < leafStarts.length; leaf += 1) {
    const [start, end] = [leafStarts[leaf] ?? 0, leafStarts[leaf + 1] ?? 0];
    for (let at = start; at < end; at += 1) {
      const row = rows[at] ?? 0;
      const place = leaf * width + (target.kind === 'classes' ? (target.codes[row] ?? 0) : 0);
      outputs[place] = (outputs[place] ?? 0) + (target.kind === 'classes' ? 1 : (target.values[row] ?? 0));
    }
    for (let k = leaf * width; k < (leaf + 1) * width; k += 1)
      outputs[k] = (outputs[k] ?? 0) / Math.max(1, end - start);
  }
  return outputs;
}

/** Adds what the tree says of each row, times `scale`, to one array a number of the prediction. */
export function addOutputs(
  { tree, outputs }: PredictingTree,
  bins: readonly Uint8Array[],
  totals: readonly Float64Array[],
  scale: number,
): void {
  const rows = totals[0]?.length ?? 0;
  const width = totals.length;
  for (let row = 0; row < rows; row += 1) {
    const leaf = leafOf(tree, bins, row);
    for (let k = 0; k < width; k += 1) {
      const total = totals[k];
      if (total) total[row] = (total[row] ?? 0) + scale * (outputs[leaf * width + k] ?? 0);
    }
  }
}
