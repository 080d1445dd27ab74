import { createHash } from 'node:crypto';
import { philox } from './philox.js';

const twoTo32 = 0x1_0000_0000;
const twoTo53 = 0x20_0000_0000_0000;

/** Random access and the running sequence of one stream never share a counter: the lowest bit of word 3 tells them apart. */
const lanes = { access: 0, sequence: 1 } as const;

/** Block i of bulk draws is Philox of the counter (i, 0, word2, word3), i in [0, 2^32). */
export interface BulkDraws {
  readonly key0: number;
  readonly key1: number;
  readonly word2: number;
  readonly word3: number;
}

/**
 * A stream of random numbers that its seed and path fix. Forks are found by name, so a new draw in one stream
 * moves no number of another, and any row can be drawn by any worker.
 */
export class Random {
  readonly #seed: string;
  readonly #path: readonly string[];
  readonly #key0: number;
  readonly #key1: number;
  /** 31 more bits of the hash: with the 64 of the key they make a clash of two paths negligible. */
  readonly #lane: number;
  readonly #block = new Int32Array(4);
  #drawn = 0;

  private constructor(seed: string, path: readonly string[]) {
    this.#seed = seed;
    this.#path = path;
    // JSON keeps ('a/b') apart from ('a', 'b'), which joining by a separator would not.
    const digest = createHash('sha256')
      .update(JSON.stringify([seed, ...path]))
      .digest();
    this.#key0 = digest.readInt32LE(0);
    this.#key1 = digest.readInt32LE(4);
    this.#lane = digest.readInt32LE(8) & ~1;
  }

  static fromSeed(seed: string): Random {
    return new Random(seed, []);
  }

  fork(name: string): Random {
    return new Random(this.#seed, [...this.#path, name]);
  }

  /**
   * The uniform of (index, draw), in the open interval (0, 1), whatever was drawn before.
   * `index` is a whole number in [0, 2^53), `draw` in [0, 2^32).
   */
  uniformAt(index: number, draw = 0): number {
    const block = this.#blockAt(index, draw, lanes.access);
    return openUniform(block[0] ?? 0, block[1] ?? 0);
  }

  /**
   * For noise by the thousand, drawn elsewhere: numbers of their own, which neither `uniformAt` nor the running sequence
   * gives. They are always the same for a stream, so fork one for each use.
   */
  bulk(): BulkDraws {
    return {
      key0: this.#key0,
      key1: this.#key1,
      word2: 1, // The running sequence has 0 there.
      word3: this.#lane | lanes.sequence,
    };
  }

  /** The next uniform of the running sequence, in the open interval (0, 1). */
  uniform(): number {
    const block = this.#next();
    return openUniform(block[0] ?? 0, block[1] ?? 0);
  }

  /**
   * The next whole number in [0, n), each equally likely: draws from the incomplete last round are thrown away.
   * @throws {RangeError} unless n is a whole number in [1, 2^53].
   */
  integerBelow(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > twoTo53) {
      throw new RangeError(`integerBelow takes a whole number from 1 to 2^53, not ${n}.`);
    }
    const range = n <= twoTo32 ? twoTo32 : twoTo53;
    const limit = range - (range % n);
    for (;;) {
      const block = this.#next();
      const low = (block[0] ?? 0) >>> 0;
      const draw = range === twoTo32 ? low : ((block[1] ?? 0) >>> 11) * twoTo32 + low;
      if (draw < limit) return draw % n;
    }
  }

  /** Fills with the next whole numbers of the running sequence, each of 16 bits: the quick way to millions of them. */
  fillHalves(halves: Uint16Array): void {
    for (let at = 0; at < halves.length; at += 8) {
      const block = this.#next();
      for (let word = 0; word < 4; word += 1) {
        const bits = block[word] ?? 0;
        halves[at + 2 * word] = bits;
        halves[at + 2 * word + 1] = bits >>> 16;
      }
    }
  }

  #next(): Int32Array {
    const block = this.#blockAt(this.#drawn, 0, lanes.sequence);
    this.#drawn += 1;
    return block;
  }

  #blockAt(index: number, draw: number, lane: number): Int32Array {
    const block = this.#block;
    block[0] = index | 0;
    block[1] = Math.floor(index / twoTo32) | 0;
    block[2] = draw | 0;
    block[3] = this.#lane | lane;
    philox(block, this.#key0, this.#key1);
    return block;
  }
}

/** 53 bits at the middle of their step, so neither 0 nor 1 comes out. */
function openUniform(high: number, low: number): number {
  const bits = (high >>> 5) * 0x400_0000 + (low >>> 6);
  return (bits + 0.5) / twoTo53;
}
