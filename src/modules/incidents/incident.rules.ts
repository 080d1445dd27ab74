import { type Refusal, refusal } from '../platform/refusal/refusal.js';
import { type IncidentCommand, type IncidentState, incidentTarget } from './incident.state.js';

/** What the rules need to know of an incident. Ids are of persons. */
export interface IncidentRecord {
  readonly state: IncidentState;
  readonly reportedById: string;
  readonly dismissedById: string | null;
  readonly confirmedById: string | null;
  /** Who asked for, made, judged or approved the release, in whatever round, and in whose stead. */
  readonly involvedIds: readonly string[];
}

const linkLengthMax = 500;

/** Said on closing alone: the address of the change, or the hash of the policy that came of it. */
export function refusePolicyChange(command: IncidentCommand, policyChange: string | null): Refusal | null {
  if (policyChange === null) return null;
  if (command !== 'close')
    return refusal(
      'INCOMPLETE',
      'What the policy became is said when the incident is closed.',
      'policyChange',
    );
  const isHash = /^[0-9a-f]{64}$/.test(policyChange);
  const isAddress = /^https:\/\/[^\s/]+\S*$/.test(policyChange) && policyChange.length <= linkLengthMax;
  if (isHash || isAddress) return null;
  const message = 'Give the address of the policy change (https), or the hash of the new policy.';
  return refusal('INCOMPLETE', message, 'policyChange');
}

/** Containing and confirming stop more than there was: whoever may give them is not kept from it by their part. */
const judging: readonly IncidentCommand[] = ['triage', 'dismiss', 'close'];

/** How grave it is and whether it is over is for others than those whose report or whose work it is about. */
export function refuseIncidentCommand(
  command: IncidentCommand,
  incident: IncidentRecord,
  personId: string,
): Refusal | null {
  const { state, reportedById, involvedIds } = incident;
  if (!incidentTarget(command, state)) {
    return refusal('WRONG_STATE', `An incident that is ${state} cannot be given "${command}".`);
  }
  if (!judging.includes(command)) return null;
  if (personId === reportedById) {
    return refusal('OWN_REPORT', 'You reported this incident; somebody else has to judge it.');
  }
  if (involvedIds.includes(personId)) {
    return refusal('HAD_A_PART', 'You had a part in this release; somebody else has to judge its incidents.');
  }
  if (command !== 'close' || ![incident.dismissedById, incident.confirmedById].includes(personId))
    return null;
  return refusal('ALREADY_DECIDED', 'You judged this incident; somebody else has to close it.');
}
