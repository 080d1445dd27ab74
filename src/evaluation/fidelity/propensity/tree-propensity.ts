import { drawRows, shuffledRows } from '../../../core/random/draw-rows.js';
import type { Random } from '../../../core/random/random.js';
import { areaUnderCurve } from '../../../core/statistics/area-under-curve.js';
import { ksComplement } from '../../../core/statistics/ks-complement.js';
import { growBoosting, predictBoosting } from '../../../core/trees/gradient-boosting.js';
import { growTree } from '../../../core/trees/grow-tree.js';
import { meanOutputs } from '../../../core/trees/leaf-outputs.js';
import type { BinnedFeature } from '../../../core/trees/tree.js';
import { binEncoder } from '../../utility/models/bin-encoder.js';
import type { ComparedVariable } from '../quality/compared-variable.js';
import { gatherRows, joinRows, rowCountOf } from '../variable.js';

/** pMSE of a model and what it is on average when the labels are shuffled. */
export interface PermutedPmse {
  readonly pmse: number;
  readonly nullMean: number;
}

/** How well boosting tells synthetic from real records that it has not seen (five folds). */
export interface Discrimination {
  /** 0.5: cannot tell; 1: always tells. */
  readonly auc: number;
  /** Kolmogorov-Smirnov distance of the two tables' scores, 0 to 1. */
  readonly specks: number;
  /** Per cent told apart rightly beyond 50, 0 to 50. */
  readonly po50: number;
}

const rowsMax = 3_000;
/** Each table gives at least so many rows, or nothing is said. */
const rowsMin = 50;
const folds = 5;
const permutations = { cart: 20, boosting: 5 } as const;

/** Records of both tables, as many of each, as bins, with 1 where a record is synthetic. */
export interface BothTables {
  readonly features: readonly BinnedFeature[];
  readonly labels: Float64Array;
}

/** Null with too few records, or no column. */
export function bothTables(variables: readonly ComparedVariable[], random: Random): BothTables | null {
  const [first] = variables;
  if (!first) return null;
  const [real, synthetic] = [rowCountOf(first.real), rowCountOf(first.synthetic)];
  const most = Math.min(real, synthetic, rowsMax);
  if (most < rowsMin) return null;
  const rows = drawRows(real, most, random.fork('real'));
  const made = drawRows(synthetic, most, random.fork('synthetic'));
  const joined = variables.map((one) =>
    joinRows(gatherRows(one.real, rows), gatherRows(one.synthetic, made)),
  );
  return { features: binEncoder(joined)(joined), labels: new Float64Array(2 * most).fill(1, most) };
}

type Scorer = (features: readonly BinnedFeature[], labels: Float64Array) => Float64Array;

/** A tree of synthpop's kind: leaves of 20 records, grown until nothing is gained (Bowen and Snoke 2021). */
const cart: Scorer = (features, labels) => {
  const rows = Int32Array.from(labels, (_, row) => row);
  const target = { kind: 'values', values: labels } as const;
  const grown = growTree(features, target, rows, {
    minLeaf: 20,
    depthMax: 12,
    minGainShare: 1e-8,
    noiseFactor: 0,
  });
  const outputs = meanOutputs(grown, target);
  const scores = new Float64Array(labels.length);
  outputs.forEach((share, leaf) => {
    for (const row of grown.rows.subarray(grown.leafStarts[leaf], grown.leafStarts[leaf + 1]))
      scores[row] = share;
  });
  return scores;
};

const shape = { rounds: 30, learningRate: 0.2, minLeaf: 20, depthMax: 4 };
const boosting: Scorer = (features, labels) => {
  const boosted = growBoosting(
    features,
    { kind: 'classes', codes: Uint8Array.from(labels), classCount: 2 },
    shape,
  );
  const [, scores] = predictBoosting(
    boosted,
    features.map(({ bins }) => bins),
    labels.length,
  );
  return scores ?? new Float64Array(labels.length);
};

/**
 * pMSE of the records a model was fitted on (Woo et al. 2009), with its mean over shuffled labels, which stands for what
 * chance gives a model that can learn anything by heart (Raab, Nowok, Dibben 2021).
 */
export function permutedPmse(
  { features, labels }: BothTables,
  model: 'cart' | 'boosting',
  random: Random,
): PermutedPmse {
  const score = model === 'cart' ? cart : boosting;
  const own = pmseOf(score(features, labels));
  let sum = 0;
  for (let at = 0; at < permutations[model]; at += 1) {
    const order = shuffledRows(labels.length, random.fork(`permutation ${at}`));
    sum += pmseOf(
      score(
        features,
        Float64Array.from(order, (row) => labels[row] ?? 0),
      ),
    );
  }
  return { pmse: own, nullMean: sum / permutations[model] };
}

/** Both tables give as many records, so the share of synthetic ones is one half. */
function pmseOf(scores: Float64Array): number {
  let squares = 0;
  for (const score of scores) squares += (score - 0.5) ** 2;
  return squares / scores.length;
}

export function discrimination({ features, labels }: BothTables, random: Random): Discrimination {
  const order = shuffledRows(labels.length, random.fork('folds'));
  const scores = new Float64Array(labels.length);
  for (let fold = 0; fold < folds; fold += 1) {
    const own = order.filter((_, at) => at % folds === fold);
    const others = order.filter((_, at) => at % folds !== fold);
    const codes = Uint8Array.from(others, (row) => labels[row] ?? 0);
    const boosted = growBoosting(pick(features, others), { kind: 'classes', codes, classCount: 2 }, shape);
    const [, found] = predictBoosting(
      boosted,
      pick(features, own).map(({ bins }) => bins),
      own.length,
    );
    own.forEach((row, at) => (scores[row] = found?.[at] ?? NaN));
  }
  const half = labels.length / 2;
  const isRight = (label: number, row: number): boolean => (label === 1) === (scores[row] ?? 0) > 0.5;
  const right = labels.reduce((sum, label, row) => sum + (isRight(label, row) ? 1 : 0), 0);
  return {
    auc: areaUnderCurve(scores, labels),
    specks: 1 - ksComplement(scores.subarray(0, half), scores.subarray(half)),
    po50: Math.max(0, (100 * right) / labels.length - 50),
  };
}

function pick(features: readonly BinnedFeature[], rows: Int32Array): BinnedFeature[] {
  return features.map((feature) => ({
    ...feature,
    bins: Uint8Array.from(rows, (row) => feature.bins[row] ?? 0),
  }));
}
