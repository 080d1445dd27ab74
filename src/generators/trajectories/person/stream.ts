import { createHash } from 'node:crypto';
import type { Random } from '../../../core/random/random.js';

/** The place of a named stream among those of a person: 53 bits of the hash of the name. */
export function streamKey(name: string): number {
  const digest = createHash('sha256').update(name).digest();
  return digest.readUInt32LE(0) * 2 ** 21 + (digest.readUInt32LE(4) >>> 11);
}

/**
 * One stream of random numbers of one person, for one module or one purpose. What it gives depends on the seed, the
 * person and its name alone: neither on the other modules nor on what was drawn before in other streams.
 */
export class Stream {
  #drawn = 0;

  constructor(
    readonly random: Random,
    readonly key: number,
  ) {}

  /** The next uniform of the stream, in (0, 1). */
  uniform(): number {
    const value = this.random.uniformAt(this.key, this.#drawn);
    this.#drawn += 1;
    return value;
  }

  /** The uniform of (step, draw), with step in [0, 2^24) and draw in [0, 128), whatever was drawn before. */
  uniformAt(step: number, draw = 0): number {
    return this.random.uniformAt(this.key, 2 ** 31 + step * 128 + draw);
  }

  /** The next draw of a normal distribution, by two uniforms (Box and Muller 1958). */
  normal(): number {
    return boxMuller(this.uniform(), this.uniform());
  }

  /** The normal of (step, draw); it uses the uniforms `draw` and `draw + 1`. */
  normalAt(step: number, draw = 0): number {
    return boxMuller(this.uniformAt(step, draw), this.uniformAt(step, draw + 1));
  }
}

function boxMuller(first: number, second: number): number {
  return Math.sqrt(-2 * Math.log(first)) * Math.cos(2 * Math.PI * second);
}
