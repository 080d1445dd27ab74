import type { EntityManager } from 'typeorm';

/** Something the clock does: looks for what has become due and deals with it, a bounded number at a time. */
export interface Sweep {
  readonly name: string;
  /** In one transaction. Answers how many were dealt with; a full batch is followed by another at once. */
  run(manager: EntityManager, now: Date): Promise<number>;
}

export const SWEEPS = Symbol('Sweeps');
export const sweepBatch = 50;
