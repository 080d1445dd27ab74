import {
  commandsFrom as commandsIn,
  targetOf as targetIn,
  type TransitionTable,
} from '../../core/states/transition-table.js';

/** Who may give a command. The referee has no account: a token that was mailed speaks for them. */
export type GrantCommandGiver = 'applicant' | 'referee' | 'ig-approver' | 'system';

export const grantStates = [
  'REQUESTED',
  'REFEREE_CONFIRMED',
  'IG_DECISION',
  'ACTIVE',
  'SUSPENDED',
  'EXPIRED',
  'REVOKED',
  'CLOSED',
  'DECLINED',
  'WITHDRAWN',
] as const;
export type GrantState = (typeof grantStates)[number];

/** An application that is still open. */
export const openStates = ['REQUESTED', 'REFEREE_CONFIRMED', 'IG_DECISION'] as const;

/**
 * Every way from an application to the end of the access. UCLH framework section 9, step 5 (9.5.5): a referee, then
 * information governance for each person; what it leaves open (lapse, suspension, expiry, closing) is filled in.
 */
export const grantTransitions = [
  { command: 'confirm', from: ['REQUESTED'], to: 'REFEREE_CONFIRMED', by: ['referee'] },
  { command: 'refuse', from: ['REQUESTED'], to: 'DECLINED', by: ['referee'] },
  { command: 'withdraw', from: openStates, to: 'WITHDRAWN', by: ['applicant'] },
  { command: 'lapse', from: openStates, to: 'DECLINED', by: ['system'] },
  { command: 'assess', from: ['REFEREE_CONFIRMED'], to: 'IG_DECISION', by: ['ig-approver'] },
  { command: 'approve', from: ['IG_DECISION'], to: 'ACTIVE', by: ['ig-approver'] },
  { command: 'decline', from: ['IG_DECISION'], to: 'DECLINED', by: ['ig-approver'] },
  { command: 'suspend', from: ['ACTIVE'], to: 'SUSPENDED', by: ['ig-approver', 'system'] },
  { command: 'resume', from: ['SUSPENDED'], to: 'ACTIVE', by: ['ig-approver', 'system'] },
  { command: 'revoke', from: ['ACTIVE', 'SUSPENDED'], to: 'REVOKED', by: ['ig-approver', 'system'] },
  { command: 'expire', from: ['ACTIVE', 'SUSPENDED'], to: 'EXPIRED', by: ['system'] },
  { command: 'relinquish', from: ['ACTIVE', 'SUSPENDED'], to: 'EXPIRED', by: ['applicant'] },
  { command: 'close', from: ['EXPIRED', 'REVOKED'], to: 'CLOSED', by: ['applicant'] },
] as const satisfies TransitionTable<GrantState, string, GrantCommandGiver>['transitions'];

export type GrantCommand = (typeof grantTransitions)[number]['command'];

/** Walked at start. */
export const grantTable: TransitionTable<GrantState, GrantCommand, GrantCommandGiver> = {
  thing: 'access grant',
  states: grantStates,
  start: 'REQUESTED',
  terminal: ['CLOSED', 'DECLINED', 'WITHDRAWN'],
  transitions: grantTransitions,
};

export const grantTarget = (command: GrantCommand, from: GrantState): GrantState | null =>
  targetIn(grantTable, command, from);

/** Commands that people with an account can give in this state, in table order. */
export const grantCommandsFrom = (state: GrantState): GrantCommand[] =>
  commandsIn(grantTable, state).filter((command) => command !== 'confirm' && command !== 'refuse');
