import { type Refusal, refusal } from '../platform/refusal/refusal.js';
import { type MechanismCommand, type MechanismState, mechanismTarget } from './mechanism.state.js';

/** What the rules need to know of a mechanism. Ids are of persons. */
export interface MechanismRecord {
  readonly state: MechanismState;
  readonly registeredById: string;
  readonly reviewedById: string | null;
  readonly approvedById: string | null;
  /** Who declared a conflict of interest. */
  readonly recusedIds: readonly string[];
}

/** Stopping a mechanism is open to everybody who sees a reason, and so is putting it to others. */
const judging: readonly MechanismCommand[] = ['review', 'return', 'approve', 'reinstate'];

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
  if (personId !== null && judging.includes(command) && mechanism.recusedIds.includes(personId)) {
    return refusal(
      'CONFLICT_OF_INTEREST',
      'You declared a conflict of interest; somebody else has to decide.',
    );
  }
  const judges = command === 'review' || command === 'approve';
  if (judges && personId === mechanism.registeredById) {
    return refusal('OWN_REQUEST', 'You registered this mechanism; somebody else has to judge it.');
  }
  if (command === 'approve' && personId === mechanism.reviewedById) {
    return refusal('EVALUATOR_DECIDES', 'You reviewed this mechanism; somebody else has to approve it.');
  }
  return null;
}

/**
 * What falls with somebody who has a conflict of interest: the review they gave, so that it is reviewed anew, or the
 * approval, so that it is decided anew before anything cites it. What is stopped or was not decided has nothing to fall.
 */
export function fallsWithMechanism(
  { state, reviewedById, approvedById }: MechanismRecord,
  personId: string,
): 'review' | 'approval' | 'nothing' {
  if (state === 'IG_REVIEW') return reviewedById === personId ? 'review' : 'nothing';
  const tookPart = reviewedById === personId || approvedById === personId;
  return state === 'APPROVED' && tookPart ? 'approval' : 'nothing';
}

/** May a candidate be made by it? Approval is asked of the release, or cited by standing approval; a stop is a stop. */
export function refuseUse(mechanism: { readonly state: MechanismState }): Refusal | null {
  if (mechanism.state !== 'SUSPENDED' && mechanism.state !== 'RETIRED') return null;
  return refusal(
    'MECHANISM_MISMATCH',
    `The mechanism is ${mechanism.state}; nothing is made by it.`,
    'mechanismId',
  );
}
