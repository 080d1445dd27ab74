import { percentText } from '../../figure.js';
import { distanceCaveat, privacyMeasure } from '../privacy-measure.js';
import { columnGroups } from './column-groups.js';
import { meanOverRows, nearestRecords } from './nearest-records.js';

/**
 * Share of synthetic rows nearer to a training record than to any of as many held-out records, ties counted half
 * (mostlyai-qa's "DCR share"), the worst of the column groups. One half where nobody was memorised. The value is the
 * lower end of the interval.
 */
export const nearerToTraining = privacyMeasure({
  name: 'nearer-to-training',
  title: 'Synthetic rows do not keep close to the records learned from',
  version: '1',
  async find(compared) {
    const groups = columnGroups(compared);
    const random = compared.random.fork('nearer-to-training');
    const shares: ReturnType<typeof meanOverRows>[] = [];
    for (const group of groups) {
      const records = await nearestRecords(compared, group);
      const score = (row: number): number =>
        0.5 + Math.sign(records.holdout(row, 0) - records.train(row, 0)) / 2;
      shares.push(meanOverRows(records, score, { spread: 0.5, random, looks: groups.length }));
    }
    const worst = shares.reduce((a, b) => (b.interval.low > a.interval.low ? b : a));
    const { low, high } = worst.interval;
    const explanation =
      `${percentText(worst.mean)} of the synthetic rows lie nearer to a record that the generator learned from than ` +
      `to as many records that it never saw (99.9 % interval ${percentText(Math.max(0, low))} to ` +
      `${percentText(Math.min(1, high))}); 50 % is what nobody's record being remembered would give. ${distanceCaveat}`;
    return { value: low, interval: worst.interval, explanation };
  },
});
