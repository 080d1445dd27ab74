import type { Random } from '../random/random.js';
import { GroupCounter } from './group-counter.js';
import { ClassSearch } from './class-search.js';
import type { ClassCriterion } from './class-search.js';
import type { FeatureSplit, NodeRows, Split, SplitSearch } from './split.js';
import { TreeNodes } from './tree-nodes.js';
import { binsMax } from './tree.js';
import type { BinnedFeature, Tree } from './tree.js';
import { VarianceSearch } from './variance-search.js';

/** What a tree predicts, for every row there is. Two classes are best given as the values 0 and 1. */
export type TreeTarget =
  | { readonly kind: 'values'; readonly values: Float64Array }
  | {
      readonly kind: 'classes';
      readonly codes: Uint8Array;
      readonly classCount: number;
      /** Gini where none is given. */
      readonly criterion?: ClassCriterion;
    };

export interface GrowOptions {
  readonly minLeaf: number;
  /** The root has depth 0. */
  readonly depthMax: number;
  /** A split must gain more than this share of the root's impurity. */
  readonly minGainShare: number;
  /**
   * A split must also gain more than this many times what one row of its node is impure on average, which is about what
   * a split at random gains. The best of many random splits gains several times that much.
   */
  readonly noiseFactor: number;
  /** A small leaf whose rows are all of one rare kind is never cut off; its rows stay with their neighbours. */
  readonly purity?: PurityFloor;
  /**
   * The group of each row, such as its subject: leaves and the purity floor then count groups instead of rows, and no
   * group has more than half of the rows of a leaf that was cut off.
   */
  readonly groups?: Int32Array;
  /** So many features, drawn anew at each node, are looked at: for forests. */
  readonly featuresPerSplit?: { readonly count: number; readonly random: Random };
}

interface PurityFloor {
  /** Leaves with at least so many rows may be pure. */
  readonly rows: number;
  /** Whether a leaf that holds nothing but this target value (or class) gives something away. */
  isRare(value: number): boolean;
}

export interface GrownTree {
  readonly tree: Tree;
  /** The rows, leaf after leaf: a leaf is its donors. */
  readonly rows: Int32Array;
  /** Leaf i is made of `rows[leafStarts[i]]` to `rows[leafStarts[i + 1] - 1]`. */
  readonly leafStarts: Int32Array;
}

interface OpenNode extends NodeRows {
  readonly node: number;
  readonly depth: number;
}

/** Grows one tree on `rows` (repeats allowed) by the greedy rule, without recursion; equal input, equal tree. */
export function growTree(
  features: readonly BinnedFeature[],
  target: TreeTarget,
  rows: Int32Array,
  options: GrowOptions,
): GrownTree {
  const search = searchFor(target);
  const own = rows.slice();
  const nodes = new TreeNodes();
  const leafStarts = [0];
  const root: OpenNode = { rows: own, start: 0, end: own.length, node: nodes.add(), depth: 0 };
  const minGain = own.length === 0 ? 0 : options.minGainShare * search.impurity(root);
  const counter = options.groups ? new GroupCounter(options.groups) : null;
  const growing = { features, target, search, options, minGain, counter };
  const open: OpenNode[] = [root];
  for (let current = open.pop(); current; current = open.pop()) {
    const split = findSplit(current, growing);
    if (!split) {
      nodes.makeLeaf(current.node, leafStarts.length - 1);
      leafStarts.push(current.end);
      continue;
    }
    const { left, right } = nodes.split(current.node, split);
    const depth = current.depth + 1;
    // The left part is taken up first, so leaves lie in the order of their rows.
    open.push({ rows: own, start: split.middle, end: current.end, node: right, depth });
    open.push({ rows: own, start: current.start, end: split.middle, node: left, depth });
  }
  return { tree: nodes.tree(leafStarts.length - 1), rows: own, leafStarts: Int32Array.from(leafStarts) };
}

interface Growing {
  readonly features: readonly BinnedFeature[];
  readonly target: TreeTarget;
  readonly search: SplitSearch;
  readonly options: GrowOptions;
  readonly minGain: number;
  readonly counter: GroupCounter | null;
}

/** The split to make, its rows already parted at `middle`. */
function findSplit(node: OpenNode, growing: Growing): (Split & { readonly middle: number }) | null {
  const { options, features } = growing;
  if (node.depth >= options.depthMax || node.end - node.start < 2 * options.minLeaf) return null;
  const chosen = chooseFeatures(features.length, options);
  const noise = (options.noiseFactor * growing.search.impurity(node)) / (node.end - node.start);
  const minGain = Math.max(growing.minGain, noise);
  if (growing.counter) return findGroupedSplit(node, chosen, { ...growing, minGain }, growing.counter);
  const split = bestSplit(node, chosen, { ...growing, minGain }, () => options.minLeaf);
  if (!split) return null;
  const parted = { ...split, middle: part(node, split, features) };
  const { purity } = options;
  if (!purity || !cutsOffRare(node, parted.middle, growing.target, purity)) return parted;
  // With both sides at the floor neither can be small and pure.
  const widerLeaf = Math.max(options.minLeaf, purity.rows);
  const wider = bestSplit(node, chosen, { ...growing, minGain }, () => widerLeaf);
  return wider && { ...wider, middle: part(node, wider, features) };
}

/** How often a feature may be looked at anew with larger leaves until enough groups stand behind both sides. */
const groupedAttemptsMax = 24;

/** Groups cannot be counted while bins are searched: a split is found by rows and refused where its groups are too few. */
function findGroupedSplit(
  node: NodeRows,
  chosen: readonly number[],
  growing: Growing,
  counter: GroupCounter,
): (Split & { readonly middle: number }) | null {
  const { options, features } = growing;
  const leastRows = new Map<number, number>();
  for (let attempt = 0; attempt < groupedAttemptsMax; attempt += 1) {
    const split = bestSplit(node, chosen, growing, (feature) => leastRows.get(feature) ?? options.minLeaf);
    if (!split) return null;
    const middle = part(node, split, features);
    const left = { ...node, end: middle };
    const right = { ...node, start: middle };
    if (restsOnGroups(left, growing, counter) && restsOnGroups(right, growing, counter))
      return { ...split, middle };
    const smaller = Math.min(middle - node.start, node.end - middle);
    leastRows.set(split.feature, Math.max(smaller + 1, Math.ceil(1.5 * smaller)));
  }
  return null;
}

function restsOnGroups(node: NodeRows, { options, target }: Growing, counter: GroupCounter): boolean {
  const { groups, largest } = counter.count(node.rows, node.start, node.end);
  if (groups < options.minLeaf || 2 * largest > node.end - node.start) return false;
  const { purity } = options;
  return !purity || groups >= purity.rows || !isPureAndRare(node, target, purity);
}

function bestSplit(
  node: NodeRows,
  chosen: readonly number[],
  { features, search, minGain }: Growing,
  minLeafOf: (feature: number) => number,
): Split | null {
  let best: Split | null = null;
  for (const index of chosen) {
    const feature = features[index];
    if (!feature) continue;
    const found: FeatureSplit | null = search.best(node, feature, {
      minLeaf: minLeafOf(index),
      minGain: best?.gain ?? minGain,
    });
    if (found) best = { ...found, feature: index };
  }
  return best;
}

function chooseFeatures(count: number, { featuresPerSplit }: GrowOptions): number[] {
  const all = Array.from({ length: count }, (_, index) => index);
  if (!featuresPerSplit || featuresPerSplit.count >= count) return all;
  for (let at = 0; at < featuresPerSplit.count; at += 1) {
    const other = at + featuresPerSplit.random.integerBelow(count - at);
    [all[at], all[other]] = [all[other] ?? 0, all[at] ?? 0];
  }
  return all.slice(0, featuresPerSplit.count);
}

/** Moves the rows that go left before the others and says where those begin. */
function part({ rows, start, end }: NodeRows, split: Split, features: readonly BinnedFeature[]): number {
  const bins = features[split.feature]?.bins ?? new Uint8Array();
  const goesLeft = new Uint8Array(binsMax);
  if (split.threshold >= 0) goesLeft.fill(1, 0, split.threshold + 1);
  for (const bin of split.leftBins) goesLeft[bin] = 1;
  let from = start;
  let to = end - 1;
  for (;;) {
    while (from <= to && goesLeft[bins[rows[from] ?? 0] ?? 0] === 1) from += 1;
    while (from <= to && goesLeft[bins[rows[to] ?? 0] ?? 0] === 0) to -= 1;
    if (from >= to) return from;
    const swapped = rows[from] ?? 0;
    rows[from] = rows[to] ?? 0;
    rows[to] = swapped;
  }
}

function cutsOffRare(
  { rows, start, end }: NodeRows,
  middle: number,
  target: TreeTarget,
  purity: PurityFloor,
): boolean {
  const isSmallAndPure = (from: number, to: number): boolean =>
    to - from < purity.rows && isPureAndRare({ rows, start: from, end: to }, target, purity);
  return isSmallAndPure(start, middle) || isSmallAndPure(middle, end);
}

function isPureAndRare({ rows, start, end }: NodeRows, target: TreeTarget, purity: PurityFloor): boolean {
  const targets = target.kind === 'values' ? target.values : target.codes;
  const value = targets[rows[start] ?? 0] ?? NaN;
  for (let at = start + 1; at < end; at += 1) if (targets[rows[at] ?? 0] !== value) return false;
  return purity.isRare(value);
}

function searchFor(target: TreeTarget): SplitSearch {
  if (target.kind === 'values') return new VarianceSearch(target.values);
  return new ClassSearch(target.codes, target.classCount, target.criterion ?? 'gini');
}
