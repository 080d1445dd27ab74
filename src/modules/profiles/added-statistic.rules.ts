import type { AddedStatistic } from '../../evaluation/disclosure/review/added-statistics.js';
import { type Refusal, refusal } from '../platform/refusal/refusal.js';
import { refuseWords } from '../platform/refusal/refuse-words.js';

export const controlMethods = ['SUPPRESSION', 'ROUNDING', 'GROUPING', 'BOUNDING', 'WITHHOLDING'] as const;
export type ControlMethod = (typeof controlMethods)[number];

/**
 * What a signer says of one statistic that was not signed before. The parts follow the steps of the Office for
 * National Statistics (requirements, characteristics of the data, risk, control, implementation), which the UCLH
 * framework names for statistics without a local guideline.
 */
export interface StatisticDecision {
  /** Its name in the review, such as "column age". */
  readonly statistic: string;
  /** Why it is needed, and what is particular about the data. */
  readonly reason: string;
  readonly risk: 'LOW' | 'MEDIUM' | 'HIGH';
  readonly methods: readonly ControlMethod[];
  /** How the methods were put into effect, and why that is enough. */
  readonly control: string;
}

/** Each added statistic is decided on by its name, once, and nothing else is; names the first that is not. */
export function refuseStatistics(
  added: readonly AddedStatistic[],
  decided: readonly StatisticDecision[],
): Refusal | null {
  const names = decided.map(({ statistic }) => statistic);
  const missing = added.find(({ statistic }) => !names.includes(statistic));
  if (missing) {
    const message = `Adding a statistic is a decision of its own; decide on "${missing.statistic}". ${missing.why}`;
    return refusal('STATISTIC_NOT_DECIDED', message, missing.statistic);
  }
  const stray = names.find((name) => !added.some(({ statistic }) => statistic === name));
  if (stray !== undefined) {
    return refusal('NOT_FOUND', `This profile does not add "${stray}" to what was signed before.`, stray);
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return refusal('INCOMPLETE', `"${twice}" is decided on twice.`, twice);
  return decided.map(refuseDecision).find((refused) => refused !== null) ?? null;
}

function refuseDecision({ statistic, reason, risk, methods, control }: StatisticDecision): Refusal | null {
  const unsaid = refuseWords(
    reason,
    (bounds) => `Say why "${statistic}" is needed, in ${bounds}.`,
    statistic,
  );
  if (unsaid) return unsaid;
  if (methods.length === 0) {
    return refusal('INCOMPLETE', `Name at least one method of control for "${statistic}".`, statistic);
  }
  const uncontrolled = refuseWords(
    control,
    (bounds) => `Say how "${statistic}" is controlled, in ${bounds}.`,
    statistic,
  );
  if (uncontrolled) return uncontrolled;
  if (risk !== 'HIGH') return null;
  const message = `You find the risk of "${statistic}" high; it is not signed like that. Ask for a coarser one.`;
  return refusal('DISCLOSURE_RISK', message, statistic);
}
