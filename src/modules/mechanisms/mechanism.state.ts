import { targetOf, type TransitionTable } from '../../core/states/transition-table.js';

export const mechanismStates = [
  'DRAFT',
  'SDAT_REVIEW',
  'IG_REVIEW',
  'APPROVED',
  'REVIEW_DUE',
  'SUSPENDED',
  'RETIRED',
  'WITHDRAWN',
] as const;
export type MechanismState = (typeof mechanismStates)[number];

/** UCLH framework 8.3: approved once, looked at every year; a change of anything in it is another mechanism. */
const transitions = [
  { command: 'submit', from: ['DRAFT'], to: 'SDAT_REVIEW', by: ['operator'] },
  { command: 'review', from: ['SDAT_REVIEW'], to: 'IG_REVIEW', by: ['evaluator'] },
  { command: 'return', from: ['SDAT_REVIEW', 'IG_REVIEW'], to: 'DRAFT', by: ['evaluator', 'ig-approver'] },
  { command: 'approve', from: ['IG_REVIEW', 'REVIEW_DUE'], to: 'APPROVED', by: ['ig-approver'] },
  { command: 'review-due', from: ['APPROVED'], to: 'REVIEW_DUE', by: ['system'] },
  { command: 'suspend', from: ['APPROVED', 'REVIEW_DUE'], to: 'SUSPENDED', by: ['ig-approver', 'system'] },
  { command: 'reinstate', from: ['SUSPENDED'], to: 'IG_REVIEW', by: ['ig-approver'] },
  { command: 'withdraw', from: ['DRAFT', 'SDAT_REVIEW', 'IG_REVIEW'], to: 'WITHDRAWN', by: ['operator'] },
  { command: 'register', from: ['WITHDRAWN'], to: 'DRAFT', by: ['operator'] },
  {
    command: 'retire',
    from: ['DRAFT', 'SDAT_REVIEW', 'IG_REVIEW', 'APPROVED', 'REVIEW_DUE', 'SUSPENDED'],
    to: 'RETIRED',
    by: ['operator', 'ig-approver'],
  },
] as const;

export type MechanismCommand = (typeof transitions)[number]['command'];

export const mechanismTable: TransitionTable<MechanismState, MechanismCommand> = {
  thing: 'mechanism',
  states: mechanismStates,
  start: 'DRAFT',
  terminal: ['RETIRED'],
  transitions,
};

export const mechanismTarget = (command: MechanismCommand, from: MechanismState): MechanismState | null =>
  targetOf(mechanismTable, command, from);
