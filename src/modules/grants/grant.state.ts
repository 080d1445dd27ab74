import { targetOf, type TransitionTable } from '../../core/states/transition-table.js';

export const grantStates = [
  'REQUESTED',
  'REFEREE_CONFIRMED',
  'ACTIVE',
  'SUSPENDED',
  'REFUSED',
  'EXPIRED',
  'REVOKED',
  'CLOSED',
] as const;
export type GrantState = (typeof grantStates)[number];

/** UCLH framework 9.5.5: a person's access to a release of tier HIGH, up to the note of what it was used for. */
const transitions = [
  { command: 'confirm-reference', from: ['REQUESTED'], to: 'REFEREE_CONFIRMED', by: ['referee'] },
  {
    command: 'refuse',
    from: ['REQUESTED', 'REFEREE_CONFIRMED'],
    to: 'REFUSED',
    by: ['ig-approver', 'referee'],
  },
  { command: 'grant', from: ['REFEREE_CONFIRMED'], to: 'ACTIVE', by: ['ig-approver'] },
  { command: 'suspend', from: ['ACTIVE'], to: 'SUSPENDED', by: ['ig-approver', 'system'] },
  { command: 'resume', from: ['SUSPENDED'], to: 'ACTIVE', by: ['ig-approver'] },
  {
    command: 'expire',
    from: ['ACTIVE', 'SUSPENDED', 'REQUESTED', 'REFEREE_CONFIRMED'],
    to: 'EXPIRED',
    by: ['system'],
  },
  { command: 'revoke', from: ['ACTIVE', 'SUSPENDED'], to: 'REVOKED', by: ['ig-approver', 'system'] },
  { command: 'close', from: ['ACTIVE', 'SUSPENDED', 'EXPIRED', 'REVOKED'], to: 'CLOSED', by: ['researcher'] },
] as const;

export type GrantCommand = (typeof transitions)[number]['command'];

export const grantTable: TransitionTable<GrantState, GrantCommand> = {
  thing: 'grant',
  states: grantStates,
  start: 'REQUESTED',
  terminal: ['REFUSED', 'CLOSED'],
  transitions,
};

export const grantTarget = (command: GrantCommand, from: GrantState): GrantState | null =>
  targetOf(grantTable, command, from);
