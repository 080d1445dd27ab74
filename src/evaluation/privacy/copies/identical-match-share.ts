import { percentText } from '../../figure.js';
import { privacyMeasure } from '../privacy-measure.js';
import { clusterBootstrap } from '../statistics/cluster-bootstrap.js';
import { sharedRows } from './shared-rows.js';

/**
 * Share of synthetic rows that equal a record learned from, minus the share that equals one of as many never seen
 * (mostlyai-qa's IMS against its holdout). The value is the lower end of the interval.
 */
export const identicalMatchShare = privacyMeasure({
  name: 'identical-match-share',
  title: 'Share of synthetic rows identical to a record',
  version: '1',
  find(compared) {
    const { inTrain, inHoldout, kinds, distinct } = sharedRows(compared);
    const random = compared.random.fork('identical-match-share');
    // Halves of unequal size are hit in proportion to their distinct records.
    const weight = distinct.train / distinct.holdout;
    const scores = Float64Array.from(inTrain, (isTrain, row) => isTrain - weight * (inHoldout[row] ?? 0));
    const { interval } = clusterBootstrap(scores, kinds, 0, random);
    const shareOf = (flags: Uint8Array): number => flags.reduce((sum, flag) => sum + flag, 0) / flags.length;
    const explanation =
      `${percentText(shareOf(inTrain))} of the synthetic rows are identical to a record learned from, ` +
      `${percentText(shareOf(inHoldout))} to a record never seen.`;
    return { value: Math.max(0, interval.low), interval, explanation };
  },
});
