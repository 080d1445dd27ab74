import { percentText } from '../../figure.js';
import type { PrivacyFinding } from '../privacy-measure.js';
import { errorsWide, intervalLevel } from '../statistics/levels.js';
import { rankCurve } from '../statistics/rank-curve.js';

/** Judges scores that are meant to be higher for people learned from; the value is the interval's lower end. */
export function judgeScores(how: string, members: Float64Array, others: Float64Array): PrivacyFinding {
  const { area, standardError, foundAtOnePercent } = rankCurve(members, others);
  const width = errorsWide() * standardError;
  const interval = { low: area - width, high: area + width, level: intervalLevel };
  const explanation =
    `An attacker who has real records and asks which of them were learned from, ${how}, is right in ` +
    `${percentText(area)} of pairs, one learned from and one not (99.9 % interval ` +
    `${percentText(Math.max(0, interval.low))} to ${percentText(Math.min(1, interval.high))}); 50 % is guessing. ` +
    `Accusing 1 in 100 wrongly, the attacker finds ${percentText(foundAtOnePercent)} of those learned from.`;
  return { value: interval.low, interval, explanation };
}
