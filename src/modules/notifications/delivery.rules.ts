/** What came of one attempt to deliver. */
export type DeliveryOutcome =
  | { readonly kind: 'sent' }
  /** It must not be delivered (any longer). */
  | { readonly kind: 'withheld'; readonly problem: string }
  /** `final`: trying again would end the same way. */
  | { readonly kind: 'failed'; readonly problem: string; readonly final: boolean };

interface Attempted {
  readonly attempts: number;
}

export interface DeliveryChange {
  readonly state: 'PENDING' | 'SENT' | 'WITHHELD' | 'FAILED';
  readonly attempts: number;
  readonly nextAttemptAt: Date | null;
  readonly problem: string | null;
  readonly sentAt: Date | null;
}

/** What becomes of a notification after an attempt. It is tried once more than there are pauses. */
export function afterAttempt(
  { attempts: before }: Attempted,
  outcome: DeliveryOutcome,
  { retrySeconds, now }: { readonly retrySeconds: readonly number[]; readonly now: Date },
): DeliveryChange {
  const attempts = before + 1;
  const end = { attempts, nextAttemptAt: null, sentAt: null };
  if (outcome.kind === 'sent') return { ...end, state: 'SENT', problem: null, sentAt: now };
  const { problem } = outcome;
  if (outcome.kind === 'withheld') return { ...end, state: 'WITHHELD', problem };
  const pause = outcome.final ? undefined : retrySeconds[before];
  if (pause === undefined) return { ...end, state: 'FAILED', problem };
  return { ...end, state: 'PENDING', problem, nextAttemptAt: new Date(now.getTime() + pause * 1000) };
}
