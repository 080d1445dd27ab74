import type { BinnedFeature } from './tree.js';

/** Rows `rows[start]` to `rows[end - 1]` stand at a node. */
export interface NodeRows {
  readonly rows: Int32Array;
  readonly start: number;
  readonly end: number;
}

/** What goes left: the bins up to `threshold`, or (threshold -1) the bins in `leftBins`. */
export interface Split {
  readonly feature: number;
  readonly threshold: number;
  readonly leftBins: readonly number[];
  /** How much better than no split; comparable between the features of a node. */
  readonly gain: number;
}

/** Finds the best split of a node on one feature whose both sides have at least `minLeaf` rows. */
export interface SplitSearch {
  /** @returns null when no such split gains more than `minGain` */
  best(node: NodeRows, feature: BinnedFeature, limits: SplitLimits): FeatureSplit | null;
  /** The impurity of a node in the unit of `gain`: no split can gain more. */
  impurity(node: NodeRows): number;
}

export interface SplitLimits {
  readonly minLeaf: number;
  readonly minGain: number;
}

export type FeatureSplit = Omit<Split, 'feature'>;

/** The bins before `position` of an order of bins, as a split. */
export function splitBefore(
  feature: BinnedFeature,
  order: readonly number[],
  position: number,
  gain: number,
): FeatureSplit {
  const leftBins = order.slice(0, position);
  if (feature.kind === 'ordered') return { threshold: leftBins.at(-1) ?? 0, leftBins: [], gain };
  return { threshold: -1, leftBins, gain };
}
