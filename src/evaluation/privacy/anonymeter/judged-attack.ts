import type { Interval } from '../../check.js';
import { percentText } from '../../figure.js';
import { errorsWide, intervalLevel } from '../statistics/levels.js';
import { attackRate, attackRisk } from './attack-risk.js';

/** One attack on people learned from and the same attack on as many people never seen. */
interface AttackCounts {
  readonly onTrain: number;
  readonly onHoldout: number;
  readonly attacks: number;
  /** Among how many attacks the worst is picked. */
  readonly looks?: number;
}

interface JudgedAttack {
  readonly risk: number;
  readonly interval: Interval;
  /** "12.0 % of attacks on ..., 3.0 % on ..." */
  readonly figures: string;
}

export function judgeAttack({ onTrain, onHoldout, attacks, looks = 1 }: AttackCounts): JudgedAttack {
  const width = errorsWide(looks);
  const rate = attackRate({ successes: onTrain, attacks }, width);
  const { risk, low, high } = attackRisk(rate, attackRate({ successes: onHoldout, attacks }, width));
  const figures =
    `Of ${attacks} attempts ${onTrain} (${percentText(onTrain / attacks)}) succeeded on people learned from and ` +
    `${onHoldout} (${percentText(onHoldout / attacks)}) on people never seen: a risk of ${percentText(risk)} that comes ` +
    `from having been learned from (99.9 % interval ${percentText(low)} to ${percentText(high)}).`;
  return { risk, interval: { low, high, level: intervalLevel }, figures };
}
