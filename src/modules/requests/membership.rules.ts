import { type Refusal, refusal } from '../platform/refusal/refusal.js';

/** Who is named, and what they said to it. Ids are of persons. */
export interface Membership {
  readonly memberIds: readonly string[];
  readonly confirmedMemberIds: readonly string[];
  readonly declinedMemberIds: readonly string[];
  /** The form that names them has been submitted. */
  readonly isSubmitted: boolean;
  /** Nothing is decided on the request any more. */
  readonly isOver: boolean;
}

export const membershipAnswers = ['CONFIRMED', 'DECLINED'] as const;
export type MembershipAnswer = (typeof membershipAnswers)[number];

/** What they said; null: nothing yet, and until then they are barred as those are who confirmed. */
export function answerOf(
  personId: string,
  { confirmedMemberIds, declinedMemberIds }: Pick<Membership, 'confirmedMemberIds' | 'declinedMemberIds'>,
): MembershipAnswer | null {
  if (confirmedMemberIds.includes(personId)) return 'CONFIRMED';
  return declinedMemberIds.includes(personId) ? 'DECLINED' : null;
}

/** Each answers once: who has confirmed does not become a judge, who has declined was none of the team. */
export function refuseAnswer(personId: string, membership: Membership): Refusal | null {
  const { memberIds, isSubmitted, isOver } = membership;
  const given = answerOf(personId, membership);
  if (given !== null) return refusal('ALREADY_DECIDED', `You have answered already: ${given}.`);
  // In the same words as for a request that there is not: nobody learns of one by asking.
  if (!memberIds.includes(personId) || !isSubmitted) return refusal('NOT_FOUND', 'No request names you.');
  return isOver ? refusal('WRONG_STATE', 'Nothing is left to decide on this request.') : null;
}
