import { growTree } from './grow-tree.js';
import type { GrownTree, TreeTarget } from './grow-tree.js';
import { addOutputs } from './leaf-outputs.js';
import type { PredictingTree } from './leaf-outputs.js';
import type { BinnedFeature } from './tree.js';

export interface BoostingOptions {
  readonly rounds: number;
  /** How much of each tree's answer is added. */
  readonly learningRate: number;
  readonly minLeaf: number;
  readonly depthMax: number;
}

/**
 * Trees that each mend what those before got wrong (Friedman, "Greedy function approximation: a gradient boosting
 * machine", Annals of Statistics 29, 2001): least squares for values, log loss for classes.
 */
export interface Boosted {
  readonly link: 'identity' | 'logistic' | 'softmax';
  /** One a score. */
  readonly start: readonly number[];
  /** One tree a score in each round. */
  readonly rounds: readonly (readonly PredictingTree[])[];
  readonly learningRate: number;
}

/** Learns from all rows of the features; nothing is drawn. */
export function growBoosting(
  features: readonly BinnedFeature[],
  target: TreeTarget,
  { rounds: roundCount, learningRate, minLeaf, depthMax }: BoostingOptions,
): Boosted {
  const link = target.kind === 'values' ? 'identity' : target.classCount === 2 ? 'logistic' : 'softmax';
  const goals = goalsOf(target);
  const start = goals.map((goal) => startOf(goal, link));
  const scores = goals.map((goal, k) => new Float64Array(goal.length).fill(start[k] ?? 0));
  const bins = features.map((feature) => feature.bins);
  const rows = Int32Array.from({ length: goals[0]?.length ?? 0 }, (_, row) => row);
  const rounds: PredictingTree[][] = [];
  for (let round = 0; round < roundCount; round += 1) {
    const expected = linked(scores, link);
    const trees = goals.map((goal, k): PredictingTree => {
      const wanted = expected[k] ?? new Float64Array();
      const residuals = goal.map((value, row) => value - (wanted[row] ?? 0));
      const grown = growTree(features, { kind: 'values', values: residuals }, rows, {
        ...{ minLeaf, depthMax, minGainShare: 0, noiseFactor: 0 },
      });
      const outputs = stepOutputs(grown, residuals, link === 'identity' ? null : wanted, goals.length);
      return { tree: grown.tree, outputs };
    });
    trees.forEach((tree, k) => {
      addOutputs(tree, bins, [scores[k] ?? new Float64Array()], learningRate);
    });
    rounds.push(trees);
  }
  return { link, start, rounds, learningRate };
}

/** One array of probabilities a class, or one array of values. */
export function predictBoosting(
  { link, start, rounds, learningRate }: Boosted,
  bins: readonly Uint8Array[],
  rowCount: number,
): Float64Array[] {
  const scores = start.map((value) => new Float64Array(rowCount).fill(value));
  for (const trees of rounds)
    trees.forEach((tree, k) => {
      addOutputs(tree, bins, [scores[k] ?? new Float64Array()], learningRate);
    });
  const expected = linked(scores, link);
  const [positive] = expected;
  return link === 'logistic' && positive ? [positive.map((share) => 1 - share), positive] : expected;
}

/** What each score is to come near: values, or 1 where the row has the class; of two classes the second alone. */
function goalsOf(target: TreeTarget): Float64Array[] {
  if (target.kind === 'values') return [target.values];
  const { codes, classCount } = target;
  const classes = classCount === 2 ? [1] : Array.from({ length: classCount }, (_, code) => code);
  return classes.map((wanted) => Float64Array.from(codes, (code) => (code === wanted ? 1 : 0)));
}

function startOf(goal: Float64Array, link: Boosted['link']): number {
  let sum = 0;
  for (const value of goal) sum += value;
  const mean = goal.length === 0 ? 0 : sum / goal.length;
  if (link === 'identity') return mean;
  // A class that no row has, or every row, would be infinitely sure.
  const share = Math.max(1e-6, Math.min(1 - 1e-6, mean));
  return link === 'logistic' ? Math.log(share / (1 - share)) : Math.log(share);
}

function linked(scores: readonly Float64Array[], link: Boosted['link']): Float64Array[] {
  if (link === 'identity') return scores.map((score) => score.slice());
  if (link === 'logistic') return scores.map((score) => score.map((value) => 1 / (1 + Math.exp(-value))));
  const shares = scores.map((score) => score.slice());
  const rowCount = scores[0]?.length ?? 0;
  for (let row = 0; row < rowCount; row += 1) {
    let most = -Infinity;
    for (const score of scores) most = Math.max(most, score[row] ?? 0);
    let total = 0;
    for (const share of shares) total += share[row] = Math.exp((share[row] ?? 0) - most);
    for (const share of shares) share[row] = (share[row] ?? 0) / total;
  }
  return shares;
}

/** A step is no longer than this on the scale of the scores: a pure leaf would go on for ever. */
const stepMax = 4;

/** The mean residual of each leaf; under log loss one Newton step, for classes by Friedman's (K - 1) / K. */
function stepOutputs(
  { rows, leafStarts }: GrownTree,
  residuals: Float64Array,
  shares: Float64Array | null,
  scoreCount: number,
): Float64Array {
  const shrink = scoreCount === 1 ? 1 : (scoreCount - 1) / scoreCount;
  return Float64Array.from({ length: leafStarts.length - 1 }, (_, leaf) => {
    const [start, end] = [leafStarts[leaf] ?? 0, leafStarts[leaf + 1] ?? 0];
    let [sum, curvature] = [0, 0];
    for (let at = start; at < end; at += 1) {
      const row = rows[at] ?? 0;
      sum += residuals[row] ?? 0;
      const share = shares?.[row] ?? 0;
      curvature += shares ? share * (1 - share) : 1;
    }
    if (!shares) return curvature === 0 ? 0 : sum / curvature;
    return Math.max(-stepMax, Math.min(stepMax, (shrink * sum) / Math.max(curvature, 1e-9)));
  });
}
