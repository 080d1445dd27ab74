import { type Refusal, refusal } from '../platform/refusal/refusal.js';
import { normalEmail } from '../../core/text/email-address.js';
import { type GrantCommand, type GrantState, grantTarget } from './grant.state.js';
import { msPerDay } from '../../core/time/units.js';

/** Why information governance declines. */
export const igDeclineReasons = [
  'INSTITUTION_NOT_RECOGNISED',
  'REFEREE_NOT_RECOGNISED',
  'TRAINING_NOT_ACCEPTED',
  'USE_NOT_PERMITTED',
  'CONFLICT_OF_INTEREST',
  'OTHER',
] as const;
export type IgDeclineReason = (typeof igDeclineReasons)[number];

/** Why an application came to nothing. */
export const declineReasons = [
  ...igDeclineReasons,
  'REFEREE_REFUSED',
  'REFEREE_SILENT',
  'RELEASE_ENDED',
] as const;
export type DeclineReason = (typeof declineReasons)[number];

/** What a grant was suspended for. What was suspended with its release comes back with it, and not otherwise. */
export const suspensionCauses = ['GRANT', 'RELEASE', 'PERSON'] as const;
export type SuspensionCause = (typeof suspensionCauses)[number];

/** What the rules need to know. Ids are of persons. */
export interface GrantFacts {
  readonly state: GrantState;
  readonly personId: string;
  readonly refereeEmail: string;
  readonly teamEmails: readonly string[];
  readonly suspendedById: string | null;
  readonly suspensionCause: SuspensionCause | null;
  readonly endNote: string | null;
  readonly destructionConfirmedAt: Date | null;
}

interface Question {
  readonly grant: GrantFacts;
  /** Who asks; null: the system, or the referee by their token. */
  readonly person: { readonly id: string; readonly email: string } | null;
  /** Who asked for the release, and who works with them. */
  readonly releaseTeamIds: readonly string[];
}

type Rule = (question: Question) => Refusal | null;

const notTheApplicant: Rule = ({ grant, person }) =>
  person?.id === grant.personId
    ? refusal('OWN_REQUEST', 'This is your own access; somebody else has to decide on it.')
    : null;

const notTheReferee: Rule = ({ grant, person }) =>
  person && normalEmail(person.email) === normalEmail(grant.refereeEmail)
    ? refusal('REFEREE_DECIDES', 'You are the referee of this application; somebody else has to decide.')
    : null;

const notOfTheTeam: Rule = ({ grant, person }) =>
  person && grant.teamEmails.map(normalEmail).includes(normalEmail(person.email))
    ? refusal('CONFLICT_OF_INTEREST', 'You work with the applicant; somebody else has to decide.')
    : null;

const notTheRequester: Rule = ({ person, releaseTeamIds }) =>
  person && releaseTeamIds.includes(person.id)
    ? refusal('CONFLICT_OF_INTEREST', 'You asked for this release; somebody else has to decide who gets it.')
    : null;

const notTheSuspender: Rule = ({ grant, person }) =>
  person?.id === grant.suspendedById
    ? refusal('OWN_SUSPENSION', 'You suspended this access; somebody else has to let it come back.')
    : null;

const notWithItsRelease: Rule = ({ grant, person }) =>
  person && grant.suspensionCause === 'RELEASE'
    ? refusal('WRONG_STATE', 'It was suspended with its release and comes back with it.')
    : null;

const endIsDocumented: Rule = ({ grant }) => {
  if (grant.endNote === null)
    return refusal('INCOMPLETE', 'Write first what the data were used for.', 'endNote');
  if (grant.destructionConfirmedAt === null)
    return refusal('INCOMPLETE', 'Confirm first that the files are destroyed.', 'destruction');
  return null;
};

const independent = [notTheApplicant, notTheReferee, notOfTheTeam, notTheRequester];

/** In order of precedence. A command without an entry has no rule about persons or evidence. */
const rules: Readonly<Partial<Record<GrantCommand, readonly Rule[]>>> = {
  assess: independent,
  approve: independent,
  decline: independent,
  suspend: [notTheApplicant],
  resume: [...independent, notTheSuspender, notWithItsRelease],
  revoke: [notTheApplicant],
  close: [endIsDocumented],
};

/** Why this command is not carried out now, or null. What the roles allow is asked before, elsewhere. */
export function refuseGrantCommand(command: GrantCommand, question: Question): Refusal | null {
  const { state } = question.grant;
  if (!grantTarget(command, state)) {
    return refusal(
      'WRONG_STATE',
      `An access grant that is ${state} cannot be given the command "${command}".`,
    );
  }
  for (const rule of rules[command] ?? []) {
    const refused = rule(question);
    if (refused) return refused;
  }
  return null;
}

/** The end that the person of information governance gave: in the future, and no later than policy lets it be. */
export function refuseGrantEnd(endsAt: Date, daysMax: number, now: Date): Refusal | null {
  const days = (endsAt.getTime() - now.getTime()) / msPerDay;
  if (days > 0 && days <= daysMax) return null;
  return refusal('BAD_PARAMETERS', `Access ends in the future, and within ${daysMax} days.`, 'endsAt');
}
