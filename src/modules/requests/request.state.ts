import {
  commandsFrom as commandsIn,
  targetOf as targetIn,
  type TransitionTable,
} from '../../core/states/transition-table.js';

/** Who may give a command. `system`: a job or the clock; no person has it. */
export type CommandGiver = 'requester' | 'audit-team' | 'operator' | 'evaluator' | 'ig-approver' | 'system';

export const requestStates = [
  'DRAFT',
  'SUBMITTED',
  'RETURNED',
  'AGREED',
  'GENERATING',
  'CHECKING',
  'BLOCKED',
  'EVALUATING',
  'IG_REVIEW',
  'APPROVED',
  'PUBLISHED',
  'SUSPENDED',
  'REJECTED',
  'WITHDRAWN',
  'REVOKED',
  'EXPIRED',
  'SUPERSEDED',
] as const;
export type RequestState = (typeof requestStates)[number];

export const terminalStates: readonly RequestState[] = [
  'REJECTED',
  'WITHDRAWN',
  'REVOKED',
  'EXPIRED',
  'SUPERSEDED',
];

/**
 * Every way a request can go; there is no other. UCLH framework section 9, steps 1 to 6 and A to C, with what it
 * leaves open (expiry, recall, supersession) filled in. Amending is no transition: it starts a new request.
 */
export const requestTransitions = [
  { command: 'submit', from: ['DRAFT'], to: 'SUBMITTED', by: ['requester'] },
  {
    command: 'withdraw',
    from: ['DRAFT', 'SUBMITTED', 'RETURNED', 'AGREED'],
    to: 'WITHDRAWN',
    by: ['requester'],
  },
  { command: 'agree', from: ['SUBMITTED'], to: 'AGREED', by: ['audit-team'] },
  { command: 'return', from: ['SUBMITTED'], to: 'RETURNED', by: ['audit-team'] },
  { command: 'return', from: ['IG_REVIEW'], to: 'RETURNED', by: ['ig-approver'] },
  { command: 'decline', from: ['SUBMITTED', 'BLOCKED'], to: 'REJECTED', by: ['audit-team'] },
  { command: 'resubmit', from: ['RETURNED'], to: 'SUBMITTED', by: ['requester'] },
  { command: 'generate', from: ['AGREED'], to: 'GENERATING', by: ['operator'] },
  { command: 'generated', from: ['GENERATING'], to: 'CHECKING', by: ['system'] },
  { command: 'generation-failed', from: ['GENERATING'], to: 'AGREED', by: ['system'] },
  { command: 'checks-failed', from: ['CHECKING'], to: 'BLOCKED', by: ['system'] },
  { command: 'checks-complete', from: ['CHECKING'], to: 'EVALUATING', by: ['system'] },
  { command: 'rework', from: ['BLOCKED'], to: 'AGREED', by: ['audit-team'] },
  { command: 'rework', from: ['EVALUATING'], to: 'AGREED', by: ['evaluator'] },
  { command: 'waive', from: ['BLOCKED'], to: 'EVALUATING', by: ['audit-team'] },
  { command: 'endorse', from: ['EVALUATING'], to: 'IG_REVIEW', by: ['evaluator'] },
  { command: 'approve', from: ['IG_REVIEW'], to: 'APPROVED', by: ['ig-approver'] },
  { command: 'query', from: ['IG_REVIEW'], to: 'EVALUATING', by: ['ig-approver'] },
  { command: 'reject', from: ['IG_REVIEW'], to: 'REJECTED', by: ['ig-approver'] },
  { command: 'stale', from: ['APPROVED'], to: 'IG_REVIEW', by: ['system'] },
  { command: 'publish', from: ['APPROVED'], to: 'PUBLISHED', by: ['system'] },
  { command: 'suspend', from: ['PUBLISHED'], to: 'SUSPENDED', by: ['ig-approver', 'audit-team', 'system'] },
  { command: 'reinstate', from: ['SUSPENDED'], to: 'PUBLISHED', by: ['ig-approver'] },
  { command: 'recall', from: ['PUBLISHED', 'SUSPENDED'], to: 'REVOKED', by: ['ig-approver'] },
  { command: 'expire', from: ['PUBLISHED', 'SUSPENDED'], to: 'EXPIRED', by: ['system'] },
  { command: 'supersede', from: ['PUBLISHED'], to: 'SUPERSEDED', by: ['system'] },
  { command: 'recheck', from: ['EVALUATING', 'IG_REVIEW'], to: 'CHECKING', by: ['evaluator', 'system'] },
  {
    command: 'close',
    from: ['APPROVED', 'IG_REVIEW', 'EVALUATING', 'BLOCKED'],
    to: 'WITHDRAWN',
    by: ['audit-team'],
  },
] as const satisfies TransitionTable<RequestState, string, CommandGiver>['transitions'];

export type RequestCommand = (typeof requestTransitions)[number]['command'];

/** Walked at start. */
export const requestTable: TransitionTable<RequestState, RequestCommand, CommandGiver> = {
  thing: 'request',
  states: requestStates,
  start: 'DRAFT',
  terminal: terminalStates,
  transitions: requestTransitions,
};

/** Null when the command means nothing in this state. */
export const targetOf = (command: RequestCommand, from: RequestState): RequestState | null =>
  targetIn(requestTable, command, from);

/** Commands that people can give in this state, in table order. */
export const commandsFrom = (state: RequestState): RequestCommand[] => commandsIn(requestTable, state);

const giverWords: Readonly<Record<CommandGiver, string>> = {
  requester: 'requester',
  'audit-team': 'audit team',
  operator: 'operator',
  evaluator: 'evaluator',
  'ig-approver': 'information governance',
  system: 'system',
};

/** Whose step a command is, in words: "requester", "information governance"; null when there is no such command. */
export function givenBy(command: string): string | null {
  const rows: readonly { command: string; by: readonly CommandGiver[] }[] = requestTransitions;
  const givers = rows.filter((row) => row.command === command).flatMap(({ by }) => by);
  return givers.length === 0 ? null : [...new Set(givers)].map((giver) => giverWords[giver]).join(' or ');
}
