import { percentText } from '../../figure.js';
import { distanceCaveat, privacyMeasure } from '../privacy-measure.js';
import { meanOverRows, nearestRecords } from './nearest-records.js';
import type { RecordDistance } from './nearest-records.js';

/**
 * How much shorter the way from a synthetic row to its closest training record is than to its closest held-out record:
 * the mean of (h - t) / (h + t), 0 where both are copies. The value is the lower end of the interval.
 */
export const distanceToClosestRecord = privacyMeasure({
  name: 'distance-to-closest-record',
  title: 'Distance to the closest record learned from',
  version: '1',
  async find(compared) {
    const records = await nearestRecords(compared);
    const score = (row: number): number => {
      const [train, holdout] = [records.train(row, 0), records.holdout(row, 0)];
      return train + holdout > 0 ? (holdout - train) / (holdout + train) : 0;
    };
    const random = compared.random.fork('distance-to-closest-record');
    // Half the range of the scores would be 1, far from what they vary by: the bootstrap's error stands alone.
    const { mean, interval } = meanOverRows(records, score, { spread: 0, random });
    const [train, holdout] = [medianOf(records.rows, records.train), medianOf(records.rows, records.holdout)];
    const explanation =
      `The closest record is ${percentText(Math.abs(mean))} ${mean < 0 ? 'farther' : 'nearer'} among the records ` +
      `learned from than among records never seen (median distances ${train.toFixed(3)} and ${holdout.toFixed(3)}). ` +
      distanceCaveat;
    return { value: Math.max(0, interval.low), interval, explanation };
  },
});

function medianOf(rows: number, distance: RecordDistance): number {
  const sorted = Float64Array.from({ length: rows }, (_, row) => distance(row, 0)).sort();
  return sorted[rows >> 1] ?? NaN;
}
