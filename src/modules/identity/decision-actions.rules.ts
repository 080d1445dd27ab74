import { type Refusal, refusal } from '../platform/refusal/refusal.js';

/**
 * What counts as deciding. Stopping is not among it: a program that watches may suspend a release, and have it looked at
 * again; only people let it out.
 */
const decisionActions: ReadonlySet<string> = new Set([
  ...['agree', 'decline', 'return', 'rework', 'endorse', 'waive', 'approve', 'query', 'reject', 'close'],
  ...['reinstate', 'recall', 'recuse', 'sign', 'review', 'retire', 'triage', 'contain', 'confirm', 'dismiss'],
  ...['assess', 'decide', 'resume', 'lift', 'separate', 'absolve', 'thaw'],
]);

/** Holders end their own use of a release; that decides nothing. */
const grantSubject = 'AccessGrant';
const delegationSubject = 'Delegation';

/** Is it for people who signed in, by a policy that lets no program decide? */
export const isDecision = (action: string, subject: string): boolean =>
  (decisionActions.has(action) && !(subject === grantSubject && action === 'close')) ||
  (subject === delegationSubject && action !== 'read');

export interface RoleGrants {
  readonly role: string;
  readonly may: readonly { readonly actions: readonly string[]; readonly subject: string }[];
}

/**
 * Who keeps accounts decides nothing: with both, one person could make themselves the second person. Nor does who reads
 * the audit chain: what an approver is not to see of the other's verdict is in it. Null when the roles go together.
 */
export function refuseRoles(roles: readonly string[], known: readonly RoleGrants[]): Refusal | null {
  const apart = roles.find((role) => standsApart(role, known));
  const deciding = roles.find((role) => decides(role, known));
  if (apart === undefined || deciding === undefined) return null;
  return refusal(
    'NOT_PERMITTED',
    `"${apart}" keeps accounts or reads the whole record, so it does not go with "${deciding}".`,
    'roles',
  );
}

/** The roles that are left when they go to one person: with one that stands apart, none that decides. */
export function rolesTogether(roles: readonly string[], known: readonly RoleGrants[]): string[] {
  if (!roles.some((role) => standsApart(role, known))) return [...roles];
  return roles.filter((role) => !decides(role, known));
}

/** Keeps accounts, or reads the chain, in which every verdict stands that is kept from those who decide. */
const standsApart = (role: string, known: readonly RoleGrants[]): boolean =>
  grantsOf(role, known).some(
    ({ action, subject }) => (subject === 'Person' && action !== 'read') || subject === 'AuditEvent',
  );

/** Is one of these roles too much for one person to give: it decides, keeps accounts or reads the chain? */
export const takesTwoToGive = (roles: readonly string[], known: readonly RoleGrants[]): boolean =>
  roles.some((role) => decides(role, known) || standsApart(role, known));

/** Does this role let anybody decide? */
export const decides = (role: string, known: readonly RoleGrants[]): boolean =>
  grantsOf(role, known).some(({ action, subject }) => isDecision(action, subject));

function grantsOf(role: string, known: readonly RoleGrants[]): { action: string; subject: string }[] {
  return known
    .filter((one) => one.role === role)
    .flatMap(({ may }) =>
      may.flatMap(({ actions, subject }) => actions.map((action) => ({ action, subject }))),
    );
}
