import type { Noise } from './noise.js';

export interface SampledSumsAsked {
  /** A subject is in a sample with the probability of one in so many; a whole number, 1 or more. */
  readonly oneOf: number;
  readonly steps: number;
  /** Whole orders up to which the cost is to hold. */
  readonly ordersMax: number;
}

/** Steps of the grid in the norm of one subject, times the root of the length of the sum. */
const gridSteps = 1024;
/** The rounding of one float32 operation, and of the norms by which what a subject adds is cut to its bound. */
const floatRounding = 2 ** -24;
const normRounding = 0.002;
/** Multipliers are rounded up to whole parts of this. */
const parts = 2n ** 20n;

/** Draws samples and adds noise for sums that an account has booked. Only the account makes one. */
export class SampledSums {
  readonly multiplier: number;
  readonly #oneOf: number;

  constructor(
    private readonly noise: Noise,
    { oneOf, multiplier }: { readonly oneOf: number; readonly multiplier: number },
  ) {
    this.multiplier = multiplier;
    this.#oneOf = oneOf;
  }

  /** Each row by itself with the same probability (Poisson sampling), ascending. */
  draw(rows: number): Int32Array {
    const drawn: number[] = [];
    for (let row = 0; row < rows; row += 1) if (this.noise.below(this.#oneOf) === 0) drawn.push(row);
    return Int32Array.from(drawn);
  }

  /**
   * The sum, rounded to a grid fixed beforehand, with discrete Gaussian noise on it. What one row moves the sum by is
   * taken to be `clip`, what rounding to the grid adds, and what float32 sums over at most `rowsMax` rows may be off by
   * (Higham 2002, "Accuracy and stability of numerical algorithms", section 4.2, in any order of the terms).
   * @param sum of at most `rowsMax` rows, each of a norm of at most `clip`
   * @throws {RangeError} for what is no number
   */
  add(
    sum: Float32Array,
    { clip, rowsMax }: { readonly clip: number; readonly rowsMax: number },
  ): Float64Array {
    if (!sum.every(Number.isFinite)) throw new RangeError('A sum is no number.');
    const root = Math.sqrt(sum.length);
    const step = clip / (gridSteps * root);
    const slack = 1 + normRounding + rowsMax ** 2 * floatRounding;
    const moved = BigInt(Math.ceil(root * (gridSteps * slack + 1)));
    const scale = BigInt(Math.ceil(this.multiplier * Number(parts)));
    const wanted = (scale * moved) ** 2n;
    const variance = { numerator: wanted / parts ** 2n + 1n, denominator: 1n };
    return Float64Array.from(
      sum,
      (value) => (Math.round(value / step) + this.noise.gaussian(variance)) * step,
    );
  }
}
