import { type Refusal, refusal } from '../platform/refusal/refusal.js';
import { refuseWords } from '../platform/refusal/refuse-words.js';
import { msPerDay } from '../../core/time/units.js';

/** Ids are of persons. */
export interface DelegationTerms {
  readonly delegatorId: string;
  readonly delegateId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

export interface DelegationProposal extends DelegationTerms {
  readonly reason: string;
}

export interface DelegationFacts {
  readonly now: Date;
  readonly daysMax: number;
  readonly startsWithinDays: number;
  readonly notToRoles: readonly string[];
  /** Null when there is no such person, or their account is disabled. */
  readonly delegate: { readonly roles: readonly string[]; readonly decidesAlready: boolean } | null;
  /** Of anybody, not revoked and not over. */
  readonly open: readonly DelegationTerms[];
}

/** May this approver let this person decide in their stead for this time? */
export function refuseDelegation(proposal: DelegationProposal, facts: DelegationFacts): Refusal | null {
  return refuseTerms(proposal, facts) ?? refuseDelegate(proposal, facts) ?? refuseChain(proposal, facts.open);
}

function refuseTerms(
  { reason, startsAt, endsAt }: DelegationProposal,
  facts: DelegationFacts,
): Refusal | null {
  const unsaid = refuseWords(reason, (bounds) => `Give the reason in ${bounds}.`, 'reason');
  if (unsaid) return unsaid;
  const latestStart = facts.now.getTime() + facts.startsWithinDays * msPerDay;
  if (!(startsAt >= facts.now && startsAt.getTime() <= latestStart)) {
    return refusal(
      'INCOMPLETE',
      `A delegation starts within ${facts.startsWithinDays} days from now.`,
      'startsAt',
    );
  }
  const lasts = endsAt.getTime() - startsAt.getTime();
  if (lasts > 0 && lasts <= facts.daysMax * msPerDay) return null;
  return refusal('INCOMPLETE', `A delegation ends within ${facts.daysMax} days from its start.`, 'endsAt');
}

function refuseDelegate(
  { delegatorId, delegateId }: DelegationTerms,
  { delegate, notToRoles }: DelegationFacts,
): Refusal | null {
  const forbidden = (why: string): Refusal => refusal('FORBIDDEN_DELEGATION', why, 'delegateId');
  if (delegateId === delegatorId) return forbidden('Nobody delegates to themselves.');
  if (!delegate)
    return refusal('NOT_FOUND', 'There is no such person, or the account is disabled.', 'delegateId');
  const role = delegate.roles.find((one) => notToRoles.includes(one));
  if (role !== undefined) return forbidden(`Nobody with the role "${role}" decides in the stead of others.`);
  if (delegate.decidesAlready)
    return forbidden('This person decides in their own right; no delegation adds to it.');
  return null;
}

/** What was delegated is not delegated on, whichever of the two delegations came first. */
function refuseChain(proposal: DelegationTerms, open: readonly DelegationTerms[]): Refusal | null {
  const meanwhile = open.filter((one) => one.startsAt < proposal.endsAt && one.endsAt > proposal.startsAt);
  const { delegatorId, delegateId } = proposal;
  if (meanwhile.some((one) => one.delegateId === delegatorId)) {
    return refusal(
      'FORBIDDEN_DELEGATION',
      'You decide for somebody else in this time, so you do not delegate.',
    );
  }
  if (meanwhile.some((one) => one.delegatorId === delegateId)) {
    const message = 'This person has delegated to somebody else in this time.';
    return refusal('FORBIDDEN_DELEGATION', message, 'delegateId');
  }
  const isRepeat = meanwhile.some((one) => one.delegatorId === delegatorId && one.delegateId === delegateId);
  if (!isRepeat) return null;
  return refusal('ALREADY_REGISTERED', 'This person is your delegate in this time already.', 'delegateId');
}
