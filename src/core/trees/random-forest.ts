import type { Random } from '../random/random.js';
import { growTree } from './grow-tree.js';
import type { TreeTarget } from './grow-tree.js';
import { addOutputs, meanOutputs, widthOf } from './leaf-outputs.js';
import type { PredictingTree } from './leaf-outputs.js';
import type { BinnedFeature } from './tree.js';

export interface ForestOptions {
  readonly treeCount: number;
  readonly minLeaf: number;
  readonly depthMax: number;
  /** Features looked at for each split, drawn anew each time. */
  readonly featuresPerSplit: number;
  readonly random: Random;
}

/** Trees on rows drawn with replacement (Breiman, "Random forests", Machine Learning 45, 2001). */
export interface RandomForest {
  readonly trees: readonly PredictingTree[];
  readonly width: number;
}

/** Learns from all rows of the features; equal input and random stream, equal forest. */
export function growForest(
  features: readonly BinnedFeature[],
  target: TreeTarget,
  { treeCount, minLeaf, depthMax, featuresPerSplit, random }: ForestOptions,
): RandomForest {
  const rowCount = target.kind === 'classes' ? target.codes.length : target.values.length;
  const searched = asSearched(target);
  const trees = Array.from({ length: treeCount }, (_, number): PredictingTree => {
    const stream = random.fork(`tree ${number}`);
    const rows = Int32Array.from({ length: rowCount }, () => stream.integerBelow(rowCount));
    const grown = growTree(features, searched, rows, {
      ...{ minLeaf, depthMax, minGainShare: 0, noiseFactor: 0 },
      featuresPerSplit: { count: featuresPerSplit, random: stream },
    });
    return { tree: grown.tree, outputs: meanOutputs(grown, target) };
  });
  return { trees, width: widthOf(target) };
}

/** The mean over the trees: one array of shares a class, or one array of values. */
export function predictForest(
  { trees, width }: RandomForest,
  bins: readonly Uint8Array[],
  rowCount: number,
): Float64Array[] {
  const totals = Array.from({ length: width }, () => new Float64Array(rowCount));
  for (const tree of trees) addOutputs(tree, bins, totals, 1 / trees.length);
  return totals;
}

/** Two classes under the Gini rule are least squares on 0 and 1, which is searched faster. */
function asSearched(target: TreeTarget): TreeTarget {
  if (target.kind === 'values' || target.classCount !== 2 || target.criterion === 'entropy') return target;
  return { kind: 'values', values: Float64Array.from(target.codes) };
}
