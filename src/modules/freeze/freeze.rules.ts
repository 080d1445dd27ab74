import { type Refusal, refusal } from '../platform/refusal/refusal.js';
import { refuseWords } from '../platform/refusal/refuse-words.js';

/** What the rules need to know of the freeze in force. Ids are of persons. */
export interface FreezeRecord {
  readonly frozenById: string;
  readonly thawAskedById: string | null;
}

const refuseFreezeReason = (reason: string): Refusal | null =>
  refuseWords(reason, (bounds) => `Give the reason in ${bounds}.`, 'reason');

/** One person is enough to stop everything. `current`: the freeze in force. */
export function refuseFreeze(current: FreezeRecord | null, reason: string): Refusal | null {
  if (current) return refusal('WRONG_STATE', 'Everything is frozen already.');
  return refuseFreezeReason(reason);
}

/** As with a reinstatement: it takes two people, neither of whom stopped it. */
export function refuseThaw(current: FreezeRecord | null, personId: string, reason: string): Refusal | null {
  if (!current) return refusal('WRONG_STATE', 'Nothing is frozen.');
  if (personId === current.frozenById)
    return refusal('OWN_SUSPENSION', 'You froze everything; two other people have to end it.');
  if (personId === current.thawAskedById)
    return refusal('ALREADY_DECIDED', 'You have asked for the end of it already; another person has to.');
  return refuseFreezeReason(reason);
}
