import { splitBefore } from './split.js';
import type { FeatureSplit, NodeRows, SplitLimits, SplitSearch } from './split.js';
import { binsMax } from './tree.js';
import type { BinnedFeature } from './tree.js';

/** Orders of the levels that are tried at a node. */
const ordersMax = 2;

/** How mixed a node is: the chance that two of its rows differ in class, or the entropy of its classes (nats). */
export type ClassCriterion = 'gini' | 'entropy';

/**
 * The Gini or the entropy rule for classes. For levels of three classes and more no order of the bins finds the best
 * partition for sure, so one class against the rest gives the order, for the classes whose share differs most between
 * the levels.
 */
export class ClassSearch implements SplitSearch {
  readonly #codes: Uint8Array;
  readonly #classCount: number;
  readonly #isGini: boolean;
  /** c ln c by count, as far as there are codes; only repeated rows can make more. */
  readonly #entropies: Float64Array;
  readonly #counts = new Float64Array(binsMax);
  readonly #cells: Float64Array;
  readonly #totals: Float64Array;
  readonly #left: Float64Array;
  readonly #spread: Float64Array;
  readonly #shares = new Float64Array(binsMax);
  #counted = { start: -1, end: -1 };

  constructor(codes: Uint8Array, classCount: number, criterion: ClassCriterion) {
    this.#isGini = criterion === 'gini';
    const entropy = (_: unknown, count: number): number => (count > 0 ? count * Math.log(count) : 0);
    this.#entropies = Float64Array.from({ length: this.#isGini ? 0 : codes.length + 1 }, entropy);
    this.#codes = codes;
    this.#classCount = classCount;
    this.#cells = new Float64Array(binsMax * classCount);
    this.#totals = new Float64Array(classCount);
    this.#left = new Float64Array(classCount);
    this.#spread = new Float64Array(classCount);
  }

  impurity(node: NodeRows): number {
    this.#countClasses(node);
    const count = node.end - node.start;
    const worth = this.#worth(this.#sumOf(this.#totals), count);
    return this.#isGini ? count - worth : -worth;
  }

  best(node: NodeRows, feature: BinnedFeature, limits: SplitLimits): FeatureSplit | null {
    this.#countClasses(node);
    const occupied = this.#fill(node, feature);
    const count = node.end - node.start;
    const base = this.#worth(this.#sumOf(this.#totals), count);
    let best: FeatureSplit | null = null;
    if (occupied.length > 1) {
      for (const order of feature.kind === 'ordered' ? [occupied] : this.#orders(occupied)) {
        const minGain = best?.gain ?? limits.minGain;
        const { position, gain } = this.#scan(order, count, base, { ...limits, minGain });
        if (position > 0) best = splitBefore(feature, order, position, gain);
      }
    }
    for (const bin of occupied) {
      this.#counts[bin] = 0;
      this.#cells.fill(0, bin * this.#classCount, (bin + 1) * this.#classCount);
    }
    return best;
  }

  /** The totals of a node serve all its features; a range of rows is one node only. */
  #countClasses({ rows, start, end }: NodeRows): void {
    if (start === this.#counted.start && end === this.#counted.end) return;
    this.#counted = { start, end };
    const totals = this.#totals.fill(0);
    for (let at = start; at < end; at += 1) {
      const code = this.#codes[rows[at] ?? 0] ?? 0;
      totals[code] = (totals[code] ?? 0) + 1;
    }
  }

  /** Counts the classes by bin and says which bins have rows. */
  #fill({ rows, start, end }: NodeRows, { bins, binCount }: BinnedFeature): number[] {
    const classCount = this.#classCount;
    const cells = this.#cells;
    const counts = this.#counts;
    const codes = this.#codes;
    for (let at = start; at < end; at += 1) {
      const row = rows[at] ?? 0;
      const bin = bins[row] ?? 0;
      const cell = bin * classCount + (codes[row] ?? 0);
      cells[cell] = (cells[cell] ?? 0) + 1;
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    const occupied: number[] = [];
    for (let bin = 0; bin < binCount; bin += 1) if ((counts[bin] ?? 0) > 0) occupied.push(bin);
    return occupied;
  }

  /** Moves bin after bin from right to left; the sums over the classes follow each change, so no side is summed anew. */
  #scan(
    order: readonly number[],
    count: number,
    base: number,
    { minLeaf, minGain }: SplitLimits,
  ): { position: number; gain: number } {
    const left = this.#left.fill(0);
    let leftSum = 0;
    let rightSum = this.#sumOf(this.#totals);
    let leftCount = 0;
    let found = { position: 0, gain: minGain };
    for (let index = 0; index + 1 < order.length; index += 1) {
      const bin = order[index] ?? 0;
      for (let code = 0; code < this.#classCount; code += 1) {
        const moved = this.#cells[bin * this.#classCount + code] ?? 0;
        if (moved === 0) continue;
        const before = left[code] ?? 0;
        const rest = (this.#totals[code] ?? 0) - before;
        leftSum += this.#term(before + moved) - this.#term(before);
        rightSum += this.#term(rest - moved) - this.#term(rest);
        left[code] = before + moved;
      }
      leftCount += this.#counts[bin] ?? 0;
      if (leftCount < minLeaf) continue;
      if (count - leftCount < minLeaf) break;
      const gain = this.#worth(leftSum, leftCount) + this.#worth(rightSum, count - leftCount) - base;
      if (gain > found.gain) found = { position: index + 1, gain };
    }
    return found;
  }

  /** Of Gini c^2, of entropy c ln c: with whole counts the first has no rounding. */
  #term(count: number): number {
    return this.#isGini ? count * count : (this.#entropies[count] ?? count * Math.log(count));
  }

  /** What a side of `count` rows is worth, given the sum of its terms; the gain of a split is a difference of these. */
  #worth(sum: number, count: number): number {
    return this.#isGini ? sum / count : sum - this.#term(count);
  }

  #sumOf(counts: Float64Array): number {
    let sum = 0;
    for (const count of counts) sum += this.#term(count);
    return sum;
  }

  #orders(occupied: readonly number[]): number[][] {
    const spreads = this.#spreads(occupied);
    const classes = Array.from(spreads.keys()).sort((a, b) => (spreads[b] ?? 0) - (spreads[a] ?? 0) || a - b);
    return classes.slice(0, ordersMax).map((code) => {
      for (const bin of occupied)
        this.#shares[bin] = (this.#cells[bin * this.#classCount + code] ?? 0) / (this.#counts[bin] ?? 1);
      return [...occupied].sort((a, b) => (this.#shares[a] ?? 0) - (this.#shares[b] ?? 0) || a - b);
    });
  }

  /** How much the share of each class differs between the bins. */
  #spreads(occupied: readonly number[]): Float64Array {
    const spreads = this.#spread.fill(0);
    let rows = 0;
    for (const bin of occupied) {
      const count = this.#counts[bin] ?? 1;
      rows += count;
      for (let code = 0; code < this.#classCount; code += 1) {
        const cell = this.#cells[bin * this.#classCount + code] ?? 0;
        spreads[code] = (spreads[code] ?? 0) + (cell * cell) / count;
      }
    }
    for (let code = 0; code < this.#classCount; code += 1)
      spreads[code] = (spreads[code] ?? 0) - (this.#totals[code] ?? 0) ** 2 / rows;
    return spreads;
  }
}
