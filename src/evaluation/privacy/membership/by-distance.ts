import { distanceCaveat, privacyMeasure } from '../privacy-measure.js';
import { judgeScores } from './judged-curve.js';

/** Membership inference by distance: whoever lies nearer to a synthetic row was learned from (DCR-MIA). */
export const membershipByDistance = privacyMeasure({
  name: 'membership-by-distance',
  title: 'Nearness does not tell who was learned from',
  version: '1',
  async find(compared) {
    const toSynthetic = async (name: 'train' | 'holdout'): Promise<Float64Array> =>
      (await compared.nearest(name, 'candidate', 1)).distances.map((distance) => -distance);
    const how = 'by the distance to the nearest synthetic row';
    const found = judgeScores(how, await toSynthetic('train'), await toSynthetic('holdout'));
    return { ...found, explanation: `${found.explanation} ${distanceCaveat}` };
  },
});

/**
 * The same, calibrated: how much nearer a synthetic row is than another real person, so that people in a crowd are not
 * taken for members. The held-out rows are the attacker's reference; a held-out row is not its own.
 */
export const membershipByCalibratedDistance = privacyMeasure({
  name: 'membership-by-calibrated-distance',
  title: 'Unusual nearness does not tell who was learned from',
  version: '1',
  async find(compared) {
    const score = async (name: 'train' | 'holdout'): Promise<Float64Array> => {
      const toSynthetic = await compared.nearest(name, 'candidate', 1);
      const toOthers = await compared.nearest(name, 'holdout', 1);
      return toSynthetic.distances.map((distance, row) => (toOthers.distances[row] ?? 0) - distance);
    };
    const how = 'by how much nearer a synthetic row is than another real person';
    const found = judgeScores(how, await score('train'), await score('holdout'));
    return { ...found, explanation: `${found.explanation} ${distanceCaveat}` };
  },
});
