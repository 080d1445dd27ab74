/** Picks an index with probability weight / sum of weights. */
export class WeightedChoice {
  readonly #cumulative: Float64Array;

  /**
   * @param what names the choice in the error
   * @throws {RangeError} when a weight is negative or not finite, or when none is above zero
   */
  constructor(what: string, weights: readonly number[]) {
    this.#cumulative = new Float64Array(weights.length);
    let total = 0;
    for (const [index, weight] of weights.entries()) {
      if (!(weight >= 0 && Number.isFinite(weight)))
        throw new RangeError(`${what}: ${weight} is not a count.`);
      total += weight;
      this.#cumulative[index] = total;
    }
    if (!(total > 0)) throw new RangeError(`${what}: there is no count above zero to draw a value from.`);
  }

  /** @param uniform in (0, 1). Never picks an index of weight zero. */
  pick(uniform: number): number {
    const cumulative = this.#cumulative;
    const target = uniform * (cumulative.at(-1) ?? 0);
    let low = 0;
    let high = cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((cumulative[middle] ?? 0) < target) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
