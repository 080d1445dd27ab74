import { type Refusal, refusal } from '../platform/refusal/refusal.js';
import { refuseWords } from '../platform/refusal/refuse-words.js';

const msPerMinute = 60_000;

/** One answer, in words, while the token counts. */
export function refuseRefereeAnswer(
  { statement }: { readonly statement: string },
  token: { readonly expiresAt: Date; readonly spentAt: Date | null },
  now: Date,
): Refusal | null {
  if (token.spentAt !== null || now >= token.expiresAt) {
    return refusal('NOT_FOUND', 'This token is not valid, or not any longer.', 'token');
  }
  const ask = (bounds: string): string => `Say in ${bounds} how you know the applicant, or why you refuse.`;
  return refuseWords(statement, ask, 'statement', { min: 20, max: 4_000 });
}

interface MailFacts {
  readonly refereeMailsMax: number;
  readonly refereeMailMinutes: number;
  /** The last letter has not gone out yet. */
  readonly isUnderWay: boolean;
  readonly now: Date;
}

/** May the referee be written to again? */
export function refuseRefereeMail(
  grant: { readonly state: string; readonly refereeMails: number; readonly refereeMailedAt: Date | null },
  { refereeMailsMax, refereeMailMinutes, isUnderWay, now }: MailFacts,
): Refusal | null {
  if (grant.state !== 'REQUESTED') {
    return refusal('WRONG_STATE', 'The referee has answered, or is not asked any more.');
  }
  if (grant.refereeMails >= refereeMailsMax) {
    return refusal('RATE_LIMITED', `A referee is written to ${refereeMailsMax} times at most.`);
  }
  const nextAt = (grant.refereeMailedAt?.getTime() ?? 0) + refereeMailMinutes * msPerMinute;
  if (!isUnderWay && now.getTime() >= nextAt) return null;
  return refusal('RATE_LIMITED', `Wait ${refereeMailMinutes} minutes between two letters.`);
}
