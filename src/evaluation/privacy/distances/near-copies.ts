import { figureText, percentText } from '../../figure.js';
import type { Compared } from '../compared/compared.js';
import { distanceCaveat, privacyMeasure } from '../privacy-measure.js';
import { meanOverRows, nearestRecords } from './nearest-records.js';

/**
 * Share of synthetic rows as near to a training record as only 1 % of real people are to another, minus the same share
 * for held-out records. The value is the lower end of the interval.
 */
export const nearCopiesAboveHoldout = privacyMeasure({
  name: 'near-copies-above-holdout',
  title: 'Near copies of records learned from',
  version: '1',
  async find(compared) {
    const reach = await unusuallyNear(compared);
    const records = await nearestRecords(compared);
    const isNear = (distance: number): number => (distance <= reach ? 1 : 0);
    const random = compared.random.fork('near-copies');
    const share = (score: (row: number) => number): ReturnType<typeof meanOverRows> =>
      meanOverRows(records, score, { spread: 0, random });
    const train = share((row) => isNear(records.train(row, 0))).mean;
    const holdout = share((row) => isNear(records.holdout(row, 0))).mean;
    const { interval } = share((row) => isNear(records.train(row, 0)) - isNear(records.holdout(row, 0)));
    const explanation =
      `${percentText(train)} of the synthetic rows lie as near to a record learned from as only 1 in 100 real people ` +
      `lie to another (distance ${figureText(reach)} or less); for records never seen it is ${percentText(holdout)}. ` +
      distanceCaveat;
    return { value: Math.max(0, interval.low), interval, explanation };
  },
});

/** The distance below which 1 % of the held-out rows have a training row. */
async function unusuallyNear(compared: Compared): Promise<number> {
  const { distances } = await compared.nearest('holdout', 'train', 1);
  const sorted = distances.toSorted();
  return sorted[Math.floor(sorted.length / 100)] ?? 0;
}
