/** Who may give a command. `system`: a job or the clock; no person has it. */
type CommandGiver = 'requester' | 'audit-team' | 'operator' | 'evaluator' | 'ig-approver' | 'system';

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

interface Transition {
  readonly command: string;
  readonly from: readonly RequestState[];
  readonly to: RequestState;
  readonly by: readonly CommandGiver[];
}

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
] as const satisfies readonly Transition[];

export type RequestCommand = (typeof requestTransitions)[number]['command'];

const transitions: readonly (Transition & { readonly command: RequestCommand })[] = requestTransitions;

/** Null when the command means nothing in this state. */
export function targetOf(command: RequestCommand, from: RequestState): RequestState | null {
  return transitions.find((one) => one.command === command && one.from.includes(from))?.to ?? null;
}

/** Commands that people can give in this state, in table order. */
export function commandsFrom(state: RequestState): RequestCommand[] {
  return transitions
    .filter(({ from, by }) => from.includes(state) && !by.every((giver) => giver === 'system'))
    .map(({ command }) => command);
}

/**
 * Walks the table before the program starts.
 * @throws Error naming the state when one cannot be reached, cannot be left, is left though terminal, or is ambiguous
 */
export function requireSoundTransitions(table: readonly Transition[] = transitions): void {
  for (const state of requestStates) {
    const leaving = table.filter(({ from }) => from.includes(state));
    const commands = leaving.map(({ command }) => command);
    if (new Set(commands).size < commands.length) throw new Error(`${state}: a command leads to two states.`);
    if (terminalStates.includes(state) && leaving.length > 0)
      throw new Error(`${state} is terminal but can be left.`);
    if (!reaches(table, 'DRAFT', [state])) throw new Error(`${state} cannot be reached.`);
    if (!reaches(table, state, terminalStates)) throw new Error(`${state} leads to no end.`);
  }
}

function reaches(table: readonly Transition[], start: RequestState, goals: readonly RequestState[]): boolean {
  const seen = new Set<RequestState>([start]);
  for (const state of seen) {
    if (goals.includes(state)) return true;
    for (const { from, to } of table) if (from.includes(state)) seen.add(to);
  }
  return false;
}
