import { type Refusal, refusal } from '../platform/refusal/refusal.js';

/** Different people it takes to let a suspended release out again. */
export const reinstatersNeeded = 2;

export interface ReinstatementFacts {
  /** Of incidents that this suspension is about, or that came to it: those not closed when it began. */
  readonly reporterIds: readonly string[];
  readonly openIncidents: number;
  /** Of the mechanism that made it. */
  readonly mechanismState: string;
  readonly suspendedAt: Date | null;
  readonly policyHash: string;
  /** The last checks of the released bytes; null when there are none. */
  readonly evaluation: {
    readonly outcome: string;
    readonly policyHash: string;
    readonly begunAt: Date;
  } | null;
}

/** A release comes back only with its incidents closed and checks that began, and held, after it was suspended. */
export function refuseReinstatement(facts: ReinstatementFacts, personId: string): Refusal | null {
  if (facts.reporterIds.includes(personId)) {
    return refusal('OWN_REPORT', 'You reported an incident of this release; two other people reinstate it.');
  }
  if (facts.openIncidents > 0) {
    return refusal('INCIDENT_OPEN', `${facts.openIncidents} incident(s) of this release are not closed.`);
  }
  if (facts.mechanismState === 'SUSPENDED') {
    return refusal('MECHANISM_MISMATCH', 'The mechanism that made it is suspended; look at that first.');
  }
  const { evaluation, suspendedAt } = facts;
  if (!evaluation || !suspendedAt || evaluation.begunAt <= suspendedAt) {
    const message = 'No checks have begun since the suspension and ended: ask for a re-audit.';
    return refusal('CHECKS_NOT_PASSED', message);
  }
  if (evaluation.policyHash !== facts.policyHash) {
    return refusal('STALE_POLICY', 'The policy has changed since the checks ran; they have to run again.');
  }
  if (evaluation.outcome === 'pass' || evaluation.outcome === 'review') return null;
  return refusal('CHECKS_NOT_PASSED', 'The checks that ran after the suspension have not passed.');
}

export const recallReasons = ['PRIVACY_RISK', 'QUALITY', 'SOURCE_WITHDRAWN', 'LEGAL', 'OTHER'] as const;
export type RecallReason = (typeof recallReasons)[number];
