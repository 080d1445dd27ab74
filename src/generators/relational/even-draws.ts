import type { Random } from '../../core/random/random.js';

/** Draws that fall evenly on the values of a leaf, so that few rows repeat its law with little chance in it. */
const stratumCount = 16;
/** Draws 0 to 2 are those of `drawColumn`. */
const firstDraw = 3;
/** Trees of a column; the largest `bagging`. */
const treesMax = 64;

/**
 * Uniforms for rows that are drawn one after the other: of each 16 rows that reach a leaf every sixteenth of (0, 1)
 * gets one, in an order of its own. Which one follows from the rows before alone, so the first rows never change.
 */
export class EvenDraws {
  readonly #random: Random;
  readonly #met = new Map<number, number>();
  readonly #orders = new Map<number, readonly number[]>();

  constructor(random: Random) {
    this.#random = random;
  }

  next(tree: number, leaf: number): number {
    const key = leaf * treesMax + tree;
    const ordinal = this.#met.get(key) ?? 0;
    this.#met.set(key, ordinal + 1);
    const place = ordinal % stratumCount;
    if (place === 0) this.#orders.set(key, this.#orderFrom(ordinal, key));
    const stratum = this.#orders.get(key)?.[place] ?? 0;
    return (stratum + this.#random.uniformAt(ordinal, firstDraw + 2 * key + 1)) / stratumCount;
  }

  /** The strata in the order in which the next rows get them. */
  #orderFrom(ordinal: number, key: number): number[] {
    const keys = Array.from({ length: stratumCount }, (_, place) =>
      this.#random.uniformAt(ordinal + place, firstDraw + 2 * key),
    );
    return Array.from(keys.keys()).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
  }
}
