import type { Random } from '../../../core/random/random.js';
import { growTree } from '../../../core/trees/grow-tree.js';
import { leafOf } from '../../../core/trees/tree.js';
import type { BinnedFeature, Tree } from '../../../core/trees/tree.js';
import type { ForestParameters } from './parameters.js';

/** Trees that tell real rows from made ones, and how often they are right about rows they were not grown on. */
export interface Forest {
  readonly trees: readonly Tree[];
  readonly accuracy: number;
}

/** Of the rows, for each tree. */
const subsampleShare = 0.632;

/** @param made bins of as many rows as there are real ones, by feature */
export function growForest(
  features: readonly BinnedFeature[],
  made: readonly Uint8Array[],
  { parameters, random }: { readonly parameters: ForestParameters; readonly random: Random },
): Forest {
  const count = features[0]?.bins.length ?? 0;
  const both = features.map((feature, at): BinnedFeature => {
    const bins = new Uint8Array(2 * count);
    bins.set(feature.bins);
    bins.set(made[at] ?? new Uint8Array(), count);
    return { ...feature, bins };
  });
  const isReal = Float64Array.from({ length: 2 * count }, (_, row) => (row < count ? 1 : 0));
  const votes = new Float64Array(2 * count);
  const voters = new Int32Array(2 * count);
  const bins = both.map((feature) => feature.bins);
  const trees = Array.from({ length: parameters.trees }, (_, tree) => {
    const own = random.fork(`tree/${tree}`);
    const isIn = (row: number): boolean => own.uniformAt(row) < subsampleShare;
    const rows = Int32Array.from({ length: 2 * count }, (__, row) => row);
    const grown = growTree(both, { kind: 'values', values: isReal }, rows.filter(isIn), {
      ...{ minLeaf: parameters.minLeaf, depthMax: 40, minGainShare: 1e-8, noiseFactor: 0 },
      featuresPerSplit: { count: Math.ceil(Math.sqrt(features.length)), random: own.fork('features') },
    });
    const real = realShares(grown.rows, grown.leafStarts, isReal);
    for (const row of rows.filter((each) => !isIn(each))) {
      votes[row] = (votes[row] ?? 0) + (real[leafOf(grown.tree, bins, row)] ?? 0);
      voters[row] = (voters[row] ?? 0) + 1;
    }
    return grown.tree;
  });
  return { trees, accuracy: accuracyOf(votes, voters, isReal) };
}

function realShares(rows: Int32Array, leafStarts: Int32Array, isReal: Float64Array): Float64Array {
  return Float64Array.from({ length: leafStarts.length - 1 }, (_, leaf) => {
    const own = rows.subarray(leafStarts[leaf], leafStarts[leaf + 1]);
    return own.reduce((sum, row) => sum + (isReal[row] ?? 0), 0) / own.length;
  });
}

function accuracyOf(votes: Float64Array, voters: Int32Array, isReal: Float64Array): number {
  let [right, all] = [0, 0];
  for (const [row, sum] of votes.entries()) {
    const by = voters[row] ?? 0;
    if (by === 0) continue;
    const share = sum / by;
    right += share === 0.5 ? 0.5 : share > 0.5 === (isReal[row] === 1) ? 1 : 0;
    all += 1;
  }
  return all === 0 ? 0.5 : right / all;
}
