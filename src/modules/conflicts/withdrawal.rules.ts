import { type Refusal, refusal } from '../platform/refusal/refusal.js';
import { refuseWords } from '../platform/refusal/refuse-words.js';

/** A declared conflict of interest, as far as its end is concerned; ids are of persons. */
export interface Declared {
  readonly personId: string;
  readonly withdrawalReason: string | null;
  readonly withdrawnAt: Date | null;
}

/** Only whoever declared it knows that it has gone; it counts until somebody else agrees. */
export function refuseAsking(personId: string, declared: Declared, reason: string): Refusal | null {
  // In the words of what is not there: who else declared what is not for everybody.
  if (declared.personId !== personId)
    return refusal('NOT_FOUND', 'You declared no such conflict of interest.', 'conflictId');
  if (declared.withdrawnAt) return refusal('WRONG_STATE', 'This conflict of interest is withdrawn.');
  return refuseWords(reason, (bounds) => `Say in ${bounds} why it is none any longer.`, 'reason');
}

/** What bars somebody from agreeing. */
export interface Bars {
  /** The requester with the team, or whoever registered the mechanism or asked for the profile. */
  readonly askedByIds: readonly string[];
  /** Who has a conflict of interest in the same thing. */
  readonly recusedIds: readonly string[];
  /** One of the two decides, or decided, in the other's stead. */
  readonly speaksForEachOther: boolean;
}

export function refuseWithdrawal(personId: string, declared: Declared, bars: Bars): Refusal | null {
  if (declared.withdrawnAt) return refusal('WRONG_STATE', 'This conflict of interest is withdrawn.');
  if (declared.withdrawalReason === null)
    return refusal('WRONG_STATE', 'The person who declared it has not asked to withdraw it.');
  if (declared.personId === personId)
    return refusal('OWN_REQUEST', 'You declared it yourself; somebody else has to agree.');
  if (bars.askedByIds.includes(personId))
    return refusal('OWN_REQUEST', 'It is about what you asked for; somebody else has to agree.');
  if (bars.recusedIds.includes(personId))
    return refusal('CONFLICT_OF_INTEREST', 'You have a conflict of interest in it, too.');
  if (bars.speaksForEachOther)
    return refusal('FORBIDDEN_DELEGATION', 'One of you decides for the other; somebody else has to agree.');
  return null;
}
