import { type Refusal, refusal } from '../platform/refusal/refusal.js';
import { isEmail, isInstitutional, normalEmail } from '../../core/text/email-address.js';
import { refuseTraining, type TrainingForm, type TrainingKind } from './training.rules.js';

export interface AccessDeclarations {
  /** UCLH framework 9.5.5: "lawful, non-commercial, scientific research or education purposes only". */
  readonly lawful: boolean;
  readonly nonCommercial: boolean;
  readonly researchOrEducation: boolean;
  readonly noReIdentification: boolean;
}

/** What somebody says who asks for access. */
export interface Application {
  readonly institution: string;
  readonly institutionalEmail: string;
  readonly intendedUse: string;
  readonly declarations: AccessDeclarations;
  /** Colleagues on the same work; each needs a grant of their own. */
  readonly teamEmails: readonly string[];
  readonly refereeName: string;
  readonly refereeEmail: string;
  readonly training: TrainingForm;
  /** SHA-256 of the text of the terms that the person accepts. */
  readonly licenceHash: string;
}

/** What the application is held against. */
export interface ApplicationFacts {
  /** Null: there is no such release. */
  readonly release: { readonly tier: string; readonly requestState: string } | null;
  /** Of the applicant's account. */
  readonly accountEmail: string;
  readonly isBlocked: boolean;
  /** An application or grant for the same release that has not ended. */
  readonly hasLiveGrant: boolean;
  readonly licenceHash: string;
  readonly institutionalDomains: readonly string[];
  readonly trainingDaysMax: Readonly<Record<TrainingKind, number>>;
  readonly now: Date;
}

const lengths = {
  institution: [2, 200],
  intendedUse: [30, 4_000],
  refereeName: [2, 200],
} as const;
const teamMax = 50;

/** In order of precedence: the first refusal is the answer. */
const questions: readonly ((application: Application, facts: ApplicationFacts) => Refusal | null)[] = [
  (_, { release }) => refuseRelease(release),
  (_, { isBlocked }) =>
    isBlocked ? refusal('PERSON_BLOCKED', 'Information governance has blocked your access.') : null,
  (_, { hasLiveGrant }) =>
    hasLiveGrant
      ? refusal('ALREADY_REGISTERED', 'You have an application or a grant for this release already.')
      : null,
  refuseTexts,
  ({ declarations }) => refuseDeclarations(declarations),
  refuseAddresses,
  refuseReferee,
  ({ training }, { trainingDaysMax, now }) => refuseTraining(training, trainingDaysMax, now),
  ({ licenceHash }, facts) =>
    licenceHash === facts.licenceHash
      ? null
      : refusal('LICENCE_NOT_ACCEPTED', 'These are not the terms in force.', 'licenceHash'),
];

export function refuseApplication(application: Application, facts: ApplicationFacts): Refusal | null {
  for (const question of questions) {
    const refused = question(application, facts);
    if (refused) return refused;
  }
  return null;
}

function refuseRelease(release: ApplicationFacts['release']): Refusal | null {
  if (release?.requestState !== 'PUBLISHED') {
    return refusal('NOT_FOUND', 'There is no such published release.', 'releaseId');
  }
  if (release.tier === 'HIGH') return null;
  return refusal('UNSUPPORTED_TIER', 'Only a release of tier HIGH needs a grant.', 'releaseId');
}

function refuseTexts(application: Application): Refusal | null {
  for (const [field, [min, max]] of Object.entries(lengths)) {
    const { length } = application[field as keyof typeof lengths].trim();
    if (length < min || length > max) {
      return refusal('INCOMPLETE', `"${field}" takes ${min} to ${max} characters.`, field);
    }
  }
  if (application.teamEmails.length <= teamMax) return null;
  return refusal('INCOMPLETE', `Name at most ${teamMax} colleagues.`, 'teamEmails');
}

function refuseDeclarations(declarations: AccessDeclarations): Refusal | null {
  const missing = Object.entries(declarations).find(([, isDeclared]) => isDeclared !== true)?.[0];
  return missing === undefined
    ? null
    : refusal('DECLARATION_MISSING', `Access needs the declaration "${missing}".`, missing);
}

function refuseAddresses(
  application: Application,
  { institutionalDomains }: ApplicationFacts,
): Refusal | null {
  const { institutionalEmail, refereeEmail, teamEmails } = application;
  const named = { institutionalEmail, refereeEmail };
  for (const [field, address] of [
    ...Object.entries(named),
    ...teamEmails.map((one) => ['teamEmails', one]),
  ]) {
    if (!isEmail(address ?? '')) return refusal('INCOMPLETE', `"${address}" is no e-mail address.`, field);
  }
  const foreign = Object.entries(named).find(
    ([, address]) => !isInstitutional(address, institutionalDomains),
  );
  if (!foreign) return null;
  return refusal(
    'NOT_INSTITUTIONAL',
    `"${foreign[1]}" is not an address of a recognised academic or clinical institution.`,
    foreign[0],
  );
}

/** Nobody vouches for themselves or for their own team, and nobody is named twice. */
function refuseReferee(application: Application, { accountEmail }: ApplicationFacts): Refusal | null {
  const applicant = [accountEmail, application.institutionalEmail].map(normalEmail);
  const team = application.teamEmails.map(normalEmail);
  const referee = normalEmail(application.refereeEmail);
  if (applicant.includes(referee)) {
    return refusal('REFEREE_CONFLICT', 'You cannot be your own referee.', 'refereeEmail');
  }
  if (team.includes(referee)) {
    return refusal('REFEREE_CONFLICT', 'The referee is somebody outside the team.', 'refereeEmail');
  }
  const isRepeated = new Set(team).size < team.length || team.some((one) => applicant.includes(one));
  return isRepeated
    ? refusal('INCOMPLETE', 'Name every colleague once, and not yourself.', 'teamEmails')
    : null;
}
