import { type Refusal, refusal } from '../platform/refusal/refusal.js';

/** What the rules need to know of the team of a request. Ids are of persons. */
export interface TeamFacts {
  readonly requesterId: string;
  /** Who was named in what was submitted last, or in the request this one follows from. */
  readonly submittedIds: readonly string[];
  /** Who was named once and said that they are not of the team. */
  readonly declinedIds: readonly string[];
  /** Of the people who are named: those with an account that is open. */
  readonly activeIds: readonly string[];
  /** Of the people who are named: those who decided on this request, or on the one it follows from. */
  readonly deciderIds: readonly string[];
}

export const membersMax = 20;

/**
 * May these be the people who work with the requester? They decide nothing on the request, so nobody is taken off the
 * list once it was submitted, and nobody gets on it who has decided: else a requester could choose who judges them.
 */
export function refuseTeam(memberIds: readonly string[], facts: TeamFacts): Refusal | null {
  if (memberIds.length > membersMax) {
    return refusal('INCOMPLETE', `Name at most ${membersMax} members of your team.`, 'memberIds');
  }
  const twice = memberIds.find((id, index) => memberIds.indexOf(id) !== index);
  if (twice !== undefined) return refusal('INCOMPLETE', `"${twice}" is named twice.`, 'memberIds');
  if (memberIds.includes(facts.requesterId)) {
    return refusal('INCOMPLETE', 'You are the requester; name the people who work with you.', 'memberIds');
  }
  return refuseRemoval(memberIds, facts) ?? refuseNewcomers(memberIds, facts);
}

function refuseRemoval(memberIds: readonly string[], { submittedIds }: TeamFacts): Refusal | null {
  const missing = submittedIds.find((id) => !memberIds.includes(id));
  if (missing === undefined) return null;
  return refusal(
    'OWN_REQUEST',
    `"${missing}" was named when the request was submitted; who worked on it does not come to decide on it.`,
    'memberIds',
  );
}

/** Those who were submitted before are not asked again: they may have left meanwhile. */
function refuseNewcomers(memberIds: readonly string[], facts: TeamFacts): Refusal | null {
  const declined = memberIds.find((id) => facts.declinedIds.includes(id));
  if (declined !== undefined) {
    const message = `"${declined}" was asked and is not of your team.`;
    return refusal('ALREADY_DECIDED', message, 'memberIds');
  }
  const newcomers = memberIds.filter((id) => !facts.submittedIds.includes(id));
  const unknown = newcomers.find((id) => !facts.activeIds.includes(id));
  if (unknown !== undefined) {
    const message = `There is no person "${unknown}", or the account is disabled.`;
    return refusal('NOT_FOUND', message, 'memberIds');
  }
  const decider = newcomers.find((id) => facts.deciderIds.includes(id));
  if (decider === undefined) return null;
  return refusal(
    'ALREADY_DECIDED',
    `"${decider}" has decided on this already. If they work with you now, they declare a conflict of interest.`,
    'memberIds',
  );
}
