import { type Refusal, refusal } from '../platform/refusal/refusal.js';
import { type MechanismCommand, type MechanismState, mechanismTarget } from './mechanism.state.js';

/** What the rules need to know of a mechanism. Ids are of persons. */
export interface MechanismRecord {
  readonly state: MechanismState;
  readonly registeredById: string;
  readonly reviewedById: string | null;
  readonly approvedById: string | null;
  /** A candidate was made by it, or begun. */
  readonly isUsed: boolean;
}

/** Why this person may not give this command now, or null. `personId` null: the system. */
export function refuseMechanismCommand(
  command: MechanismCommand,
  mechanism: MechanismRecord,
  personId: string | null,
): Refusal | null {
  if (!mechanismTarget(command, mechanism.state)) {
    return refusal(
      'WRONG_STATE',
      `A mechanism that is ${mechanism.state} cannot be given the command "${command}".`,
    );
  }
  const judges = command === 'review' || command === 'approve';
  if (judges && personId === mechanism.registeredById) {
    return refusal('OWN_REQUEST', 'You registered this mechanism; somebody else has to judge it.');
  }
  if (command === 'approve' && personId === mechanism.reviewedById) {
    return refusal('EVALUATOR_DECIDES', 'You reviewed this mechanism; somebody else has to approve it.');
  }
  if (command === 'withdraw' && mechanism.isUsed) {
    const message = 'Candidates have been made by this mechanism: retire it, which reaches what was made.';
    return refusal('WRONG_STATE', message);
  }
  return null;
}

const stopped: readonly MechanismState[] = ['SUSPENDED', 'RETIRED', 'WITHDRAWN'];

/** May a candidate be made by it? Approval is asked of the release, or cited by standing approval; a stop is a stop. */
export function refuseUse(mechanism: { readonly state: MechanismState }): Refusal | null {
  if (!stopped.includes(mechanism.state)) return null;
  return refusal(
    'MECHANISM_MISMATCH',
    `The mechanism is ${mechanism.state}; nothing is made by it or let out.`,
    'mechanismId',
  );
}
