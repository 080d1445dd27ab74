import { splitBefore } from './split.js';
import type { FeatureSplit, NodeRows, SplitLimits, SplitSearch } from './split.js';
import { binsMax } from './tree.js';
import type { BinnedFeature } from './tree.js';

/**
 * Least squares (Breiman, Friedman, Olshen, Stone, "Classification and regression trees", 1984, 8.3). With targets 0
 * and 1 it is the Gini rule. Levels are ordered by their mean target, which finds the best of all two-way partitions
 * (there, theorem 9.6; Fisher, JASA 53, 1958).
 */
export class VarianceSearch implements SplitSearch {
  readonly #counts = new Float64Array(binsMax);
  readonly #sums = new Float64Array(binsMax);
  readonly #values: Float64Array;

  /** @param values the target of each row; the search centres them, so that sums of squares keep their digits */
  constructor(values: Float64Array) {
    let sum = 0;
    for (const value of values) sum += value;
    const mean = values.length === 0 ? 0 : sum / values.length;
    this.#values = values.map((value) => value - mean);
  }

  impurity({ rows, start, end }: NodeRows): number {
    let sum = 0;
    let squares = 0;
    for (let at = start; at < end; at += 1) {
      const value = this.#values[rows[at] ?? 0] ?? 0;
      sum += value;
      squares += value * value;
    }
    return Math.max(0, squares - (sum * sum) / (end - start));
  }

  best(node: NodeRows, feature: BinnedFeature, { minLeaf, minGain }: SplitLimits): FeatureSplit | null {
    const total = this.#fill(node, feature);
    const count = node.end - node.start;
    const order = this.#occupied(feature);
    const counts = this.#counts;
    const sums = this.#sums;
    const base = (total * total) / count;
    let gain = minGain;
    let position = 0;
    let leftCount = 0;
    let leftSum = 0;
    for (let index = 0; index + 1 < order.length; index += 1) {
      const bin = order[index] ?? 0;
      leftCount += counts[bin] ?? 0;
      leftSum += sums[bin] ?? 0;
      if (leftCount < minLeaf) continue;
      if (count - leftCount < minLeaf) break;
      const rest = total - leftSum;
      const found = (leftSum * leftSum) / leftCount + (rest * rest) / (count - leftCount) - base;
      if (found <= gain) continue;
      gain = found;
      position = index + 1;
    }
    return position === 0 ? null : splitBefore(feature, order, position, gain);
  }

  #fill({ rows, start, end }: NodeRows, { bins, binCount }: BinnedFeature): number {
    const counts = this.#counts;
    const sums = this.#sums;
    const values = this.#values;
    counts.fill(0, 0, binCount);
    sums.fill(0, 0, binCount);
    let total = 0;
    for (let at = start; at < end; at += 1) {
      const row = rows[at] ?? 0;
      const bin = bins[row] ?? 0;
      const value = values[row] ?? 0;
      counts[bin] = (counts[bin] ?? 0) + 1;
      sums[bin] = (sums[bin] ?? 0) + value;
      total += value;
    }
    return total;
  }

  #occupied({ kind, binCount }: BinnedFeature): number[] {
    const order: number[] = [];
    for (let bin = 0; bin < binCount; bin += 1) if ((this.#counts[bin] ?? 0) > 0) order.push(bin);
    if (kind === 'levels') order.sort((a, b) => this.#mean(a) - this.#mean(b) || a - b);
    return order;
  }

  #mean(bin: number): number {
    return (this.#sums[bin] ?? 0) / (this.#counts[bin] ?? 1);
  }
}
