import { shuffledRows } from '../../../../core/random/draw-rows.js';
import type { Random } from '../../../../core/random/random.js';

/** Which rows each step sees. */
export interface Batches {
  readonly stepsPerEpoch: number;
  /** Depends on the step alone, not on what was asked before. */
  rowsOf(step: number): Int32Array;
}

/** In every epoch each row once, in another order; the last step of an epoch takes some of its first rows again. */
export function shuffledBatches(rows: Int32Array, batchRows: number, random: Random): Batches {
  const size = Math.min(batchRows, rows.length);
  const stepsPerEpoch = Math.max(1, Math.ceil(rows.length / Math.max(1, size)));
  let known = { epoch: -1, order: rows };
  return {
    stepsPerEpoch,
    rowsOf(step) {
      const epoch = Math.floor(step / stepsPerEpoch);
      if (known.epoch !== epoch) {
        const places = shuffledRows(rows.length, random.fork(`epoch/${epoch}`));
        known = { epoch, order: places.map((place) => rows[place] ?? 0) };
      }
      const start = (step % stepsPerEpoch) * size;
      return Int32Array.from({ length: size }, (_, at) => known.order[(start + at) % rows.length] ?? 0);
    },
  };
}
