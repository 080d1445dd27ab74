import { targetOf, type TransitionTable } from '../../core/states/transition-table.js';

export const incidentStates = [
  'REPORTED',
  'TRIAGED',
  'CONTAINED',
  'CONFIRMED',
  'FALSE_ALARM',
  'CLOSED',
] as const;
export type IncidentState = (typeof incidentStates)[number];

const transitions = [
  { command: 'triage', from: ['REPORTED'], to: 'TRIAGED', by: ['ig-approver'] },
  { command: 'contain', from: ['TRIAGED'], to: 'CONTAINED', by: ['ig-approver'] },
  { command: 'confirm', from: ['TRIAGED', 'CONTAINED'], to: 'CONFIRMED', by: ['ig-approver'] },
  { command: 'dismiss', from: ['TRIAGED', 'CONTAINED'], to: 'FALSE_ALARM', by: ['ig-approver'] },
  { command: 'close', from: ['CONFIRMED', 'FALSE_ALARM'], to: 'CLOSED', by: ['ig-approver'] },
] as const;

export type IncidentCommand = (typeof transitions)[number]['command'];

export const incidentTable: TransitionTable<IncidentState, IncidentCommand> = {
  thing: 'incident',
  states: incidentStates,
  start: 'REPORTED',
  terminal: ['CLOSED'],
  transitions,
};

export const incidentTarget = (command: IncidentCommand, from: IncidentState): IncidentState | null =>
  targetOf(incidentTable, command, from);

export const severities = ['LOW', 'MEDIUM', 'HIGH'] as const;
export type Severity = (typeof severities)[number];

/** Does a report of this severity stop downloads at once? `from`: the lowest severity that does, by policy. */
export const suspendsAtOnce = (severity: Severity, from: Severity): boolean =>
  severities.indexOf(severity) >= severities.indexOf(from);
