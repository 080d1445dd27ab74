import type { Split } from './split.js';
import { maskWords } from './tree.js';
import type { Tree } from './tree.js';

/** The nodes of a tree while it grows. */
export class TreeNodes {
  readonly #feature: number[] = [];
  readonly #threshold: number[] = [];
  readonly #left: number[] = [];
  readonly #right: number[] = [];
  readonly #maskStart: number[] = [];
  readonly #masks: number[] = [];

  /** An empty node; it becomes a leaf or a split. */
  add(): number {
    this.#threshold.push(-1);
    this.#left.push(0);
    this.#right.push(0);
    this.#maskStart.push(0);
    return this.#feature.push(-1) - 1;
  }

  makeLeaf(node: number, leaf: number): void {
    this.#left[node] = leaf;
  }

  split(node: number, { feature, threshold, leftBins }: Split): { left: number; right: number } {
    this.#feature[node] = feature;
    this.#threshold[node] = threshold;
    if (threshold < 0) {
      this.#maskStart[node] = this.#masks.length;
      this.#masks.push(...maskOf(leftBins));
    }
    const left = this.add();
    const right = this.add();
    this.#left[node] = left;
    this.#right[node] = right;
    return { left, right };
  }

  tree(leafCount: number): Tree {
    return {
      feature: Int32Array.from(this.#feature),
      threshold: Int32Array.from(this.#threshold),
      left: Int32Array.from(this.#left),
      right: Int32Array.from(this.#right),
      masks: Int32Array.from(this.#masks),
      maskStart: Int32Array.from(this.#maskStart),
      leafCount,
    };
  }
}

function maskOf(bins: readonly number[]): number[] {
  const words = new Array<number>(maskWords).fill(0);
  for (const bin of bins) words[bin >> 5] = (words[bin >> 5] ?? 0) | (1 << (bin & 31));
  return words;
}
