import type { Fraction } from './bernoulli-exp.js';
import type { Scale } from './discrete-laplace.js';
import type { LedgerEntry, SubjectBound } from './ledger-entry.js';
import type { Noise } from './noise.js';
import { amountRoundedUp, dividedUp, unitsPerOne } from './privacy-units.js';
import type { PrivacyUnits } from './privacy-units.js';
import { multiplierFor } from './sampled-gaussian.js';
import { SampledSums } from './sampled-sums.js';
import type { SampledSumsAsked } from './sampled-sums.js';
import { squareRoot } from './square-root.js';

/** A mechanism asked for more than is left of the budget. Nothing was drawn for it. */
export class BudgetExceededError extends Error {
  constructor(readonly purpose: string) {
    super(`The privacy budget does not allow "${purpose}".`);
    this.name = 'BudgetExceededError';
  }
}

export interface AccountOptions {
  /** Whether costs are counted as rho or as pure epsilon. */
  readonly kind: 'zcdp' | 'pure';
  readonly budget: PrivacyUnits;
  readonly subjects: SubjectBound;
  readonly noise: Noise;
}

/** Counts of rows by cell, each row in at most one cell. */
type CountTable = Int32Array;

export interface NoisyTables {
  readonly tables: readonly Float64Array[];
  /** Standard deviation of the noise of one cell. */
  readonly sigma: number;
}

/**
 * The only way for a generator to ask about real rows: whatever is asked is paid for and booked before it is answered.
 * A subject has at most `rowsPerSubject` rows, so it moves a table of counts by at most that, in L1 and in L2.
 */
export class PrivacyAccount {
  readonly #options: AccountOptions;
  readonly #entries: LedgerEntry[] = [];
  #spent: PrivacyUnits = 0n;

  constructor(options: AccountOptions) {
    this.#options = options;
  }

  get entries(): readonly LedgerEntry[] {
    return this.#entries;
  }

  get left(): PrivacyUnits {
    return this.#options.budget - this.#spent;
  }

  get kind(): AccountOptions['kind'] {
    return this.#options.kind;
  }

  /**
   * Discrete Gaussian noise on every cell of k tables for `rho` in all: variance k s^2 / (2 rho).
   * @throws {BudgetExceededError} {RangeError} when the account counts pure epsilon
   */
  gaussianTables(purpose: string, tables: readonly CountTable[], rho: PrivacyUnits): NoisyTables {
    this.#requireKind('zcdp');
    const variance = this.varianceFor(tables.length, rho);
    const moved = BigInt(tables.length) * this.#sensitivity ** 2n * variance.denominator;
    this.#book(purpose, dividedUp(moved * unitsPerOne, 2n * variance.numerator), {
      mechanism: 'discrete-gaussian',
      queries: tables.length,
    });
    const { noise } = this.#options;
    const noisy = tables.map((table) =>
      Float64Array.from(table, (count) => count + noise.gaussian(variance)),
    );
    return { tables: noisy, sigma: Math.sqrt(Number(variance.numerator) / Number(variance.denominator)) };
  }

  /** The variance that k tables would get; from 1024 on a whole number, which makes drawing faster. */
  varianceFor(tables: number, rho: PrivacyUnits): Fraction {
    if (rho <= 0n) throw new BudgetExceededError('noise of no bound');
    const wanted = BigInt(Math.max(1, tables)) * this.#sensitivity ** 2n * unitsPerOne;
    const denominator = wanted >= 2048n * rho ? 1n : 1024n;
    return { numerator: dividedUp(wanted * denominator, 2n * rho), denominator };
  }

  /**
   * Discrete Laplace noise on every cell of k tables for `epsilon` in all: scale k s / epsilon.
   * @throws {BudgetExceededError} {RangeError} when the account counts rho
   */
  laplaceTables(purpose: string, tables: readonly CountTable[], epsilon: PrivacyUnits): NoisyTables {
    this.#requireKind('pure');
    const scale = this.#laplaceScale(tables.length, epsilon);
    const moved = BigInt(tables.length) * this.#sensitivity * BigInt(scale.denominator) * unitsPerOne;
    this.#book(purpose, dividedUp(moved, BigInt(scale.numerator)), {
      mechanism: 'discrete-laplace',
      queries: tables.length,
    });
    const { noise } = this.#options;
    const noisy = tables.map((table) => Float64Array.from(table, (count) => count + noise.laplace(scale)));
    return { tables: noisy, sigma: Math.SQRT2 * (scale.numerator / scale.denominator) };
  }

  /**
   * The exponential mechanism: an index with probability proportional to exp(epsilon score / (2 sensitivity)). Costs
   * epsilon, or epsilon^2 / 8 of rho (Cesar and Rogers, ALT 2021), as the account counts.
   * @param sensitivity by how much one row moves a score; scores are rounded to 2^-20, which is allowed for
   */
  choose(
    purpose: string,
    scores: readonly number[],
    { sensitivity, cost }: { sensitivity: number; cost: PrivacyUnits },
  ): number {
    const isPure = this.#options.kind === 'pure';
    const epsilon = isPure ? cost : squareRoot(8n * cost * unitsPerOne);
    const paid = isPure ? epsilon : dividedUp(epsilon * epsilon, 8n * unitsPerOne);
    this.#book(purpose, paid, { mechanism: 'exponential', queries: 1, perRow: sensitivity });
    const whole = scores.map((score) => BigInt(Math.round(score * 2 ** 20)));
    const moved = BigInt(Math.ceil(sensitivity * 2 ** 20)) * this.#sensitivity + 4n; // Rounding, and the last bits of the sums.
    return this.#options.noise.choose(whole, {
      numerator: epsilon,
      denominator: 2n * moved * unitsPerOne,
    });
  }

  /**
   * Which of the values that occur are frequent, where nobody has said which could: places of counts that are above a
   * threshold with Gaussian noise. A subject with rows of values that nobody else has may be seen by them; the threshold
   * is s + sigma sqrt(2 ln(s / delta)), so that this happens with probability `delta` at most: each of its at most s
   * values has at most s rows, and discrete Gaussian noise reaches t with probability at most exp(-t^2 / (2 sigma^2))
   * (Canonne, Kamath, Steinke 2020: it is sub-Gaussian).
   * @param counts rows of each value, each above 0
   * @throws {BudgetExceededError} {RangeError} when the account counts pure epsilon, or delta is none
   */
  frequentValues(
    purpose: string,
    counts: CountTable,
    { rho, delta }: { readonly rho: PrivacyUnits; readonly delta: number },
  ): number[] {
    this.#requireKind('zcdp');
    if (!(delta > 0 && delta < 1)) throw new RangeError(`${delta} is no chance to fail.`);
    const variance = this.varianceFor(1, rho);
    const moved = this.#sensitivity ** 2n * variance.denominator;
    this.#book(purpose, dividedUp(moved * unitsPerOne, 2n * variance.numerator), {
      mechanism: 'discrete-gaussian',
      queries: 1,
      delta,
    });
    const sigma = Math.sqrt(Number(variance.numerator) / Number(variance.denominator));
    const rows = Number(this.#sensitivity);
    const threshold = rows + sigma * Math.sqrt(2 * Math.log(rows / delta));
    const { noise } = this.#options;
    return [...counts.keys()].filter((place) => (counts[place] ?? 0) + noise.gaussian(variance) > threshold);
  }

  /**
   * Sums over samples of the subjects, `steps` times, for `rho` in all at orders up to `ordersMax`. Nothing is drawn yet;
   * all steps are paid for, whether or not they are done.
   * @param oneOf a subject is in a sample with the probability of one in so many
   * @throws {BudgetExceededError} {RangeError} when a subject may have several rows: samples are of rows
   */
  sampledSums(
    purpose: string,
    { oneOf, steps, ordersMax, rho }: SampledSumsAsked & { readonly rho: PrivacyUnits },
  ): SampledSums {
    this.#requireKind('zcdp');
    if (this.#options.subjects.rowsPerSubject !== 1)
      throw new RangeError('Samples are of rows, so each subject must have one.');
    if (rho <= 0n) throw new BudgetExceededError(purpose);
    const given = { rate: 1 / oneOf, steps, ordersMax };
    const multiplier = multiplierFor(given, (Number(rho) / Number(unitsPerOne)) * (1 - Number.EPSILON));
    this.#book(purpose, rho, { mechanism: 'sampled-gaussian', queries: steps, ordersMax });
    return new SampledSums(this.#options.noise, { oneOf, multiplier });
  }

  get #sensitivity(): bigint {
    return BigInt(this.#options.subjects.rowsPerSubject);
  }

  #laplaceScale(tables: number, epsilon: PrivacyUnits): Scale {
    if (epsilon <= 0n) throw new BudgetExceededError('noise of no bound');
    const wanted = BigInt(Math.max(1, tables)) * this.#sensitivity * unitsPerOne;
    let denominator = 1n << 20n;
    while (denominator > 1n && wanted * denominator > epsilon << 39n) denominator >>= 1n;
    return {
      numerator: Number(dividedUp(wanted * denominator, epsilon)),
      denominator: Number(denominator),
    };
  }

  #requireKind(kind: AccountOptions['kind']): void {
    if (this.#options.kind !== kind)
      throw new RangeError(`This account counts ${this.#options.kind}, not ${kind}.`);
  }

  #book(
    purpose: string,
    cost: PrivacyUnits,
    facts: {
      mechanism: LedgerEntry['mechanism'];
      queries: number;
      perRow?: number;
      delta?: number;
      ordersMax?: number;
    },
  ): void {
    if (cost > this.left) throw new BudgetExceededError(purpose);
    this.#spent += cost;
    const { subjects, kind } = this.#options;
    const { mechanism, queries, perRow = 1, delta = 0, ordersMax } = facts;
    const amount = amountRoundedUp(cost);
    this.#entries.push({
      ...subjects,
      mechanism,
      purpose,
      queries,
      sensitivity: perRow * subjects.rowsPerSubject,
      cost: kind === 'zcdp' ? { kind, rho: amount } : { kind, epsilon: amount },
      delta,
      ...(ordersMax === undefined ? {} : { ordersMax }),
    });
  }
}
