/**
 * One feature of the rows a tree is grown on, as bins. `ordered` features split at a bin; `levels` (categories) split
 * into two sets of bins. What a bin means is the caller's business; missing may well be a bin of its own.
 */
export interface BinnedFeature {
  readonly kind: 'ordered' | 'levels';
  readonly bins: Uint8Array;
  /** Every bin is below this; at most `binsMax`. */
  readonly binCount: number;
}

export const binsMax = 256;

/** 32-bit words of the set of bins that go left at a split on levels. */
export const maskWords = binsMax / 32;

/** Nodes in parallel arrays, the root first; a child always has a larger index than its parent. */
export interface Tree {
  /** The feature a node splits on, or -1 for a leaf. */
  readonly feature: Int32Array;
  /** Ordered features: bins up to this one go left, and -1 marks a split on levels. */
  readonly threshold: Int32Array;
  /** The child for the left part; at a leaf, the number of the leaf. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** `maskWords` words a node that splits on levels, in node order; bit b is 1 where bin b goes left. */
  readonly masks: Int32Array;
  /** Where a node's words start in `masks`; 0 for other nodes. */
  readonly maskStart: Int32Array;
  readonly leafCount: number;
}

/** The leaf of a row whose bins are `bins[feature][row]`. */
export function leafOf(tree: Tree, bins: readonly Uint8Array[], row: number): number {
  const { feature, threshold, left, right, masks, maskStart } = tree;
  let node = 0;
  for (;;) {
    const splitOn = feature[node] ?? -1;
    if (splitOn < 0) return left[node] ?? 0;
    const bin = bins[splitOn]?.[row] ?? 0;
    const limit = threshold[node] ?? -1;
    const goesLeft =
      limit >= 0 ? bin <= limit : ((masks[(maskStart[node] ?? 0) + (bin >> 5)] ?? 0) >>> (bin & 31)) & 1;
    node = (goesLeft ? left[node] : right[node]) ?? 0;
  }
}
