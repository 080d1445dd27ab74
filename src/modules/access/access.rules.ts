import type { Tier } from '../../generators/generator.js';
import { type Refusal, refusal } from '../platform/refusal/refusal.js';

/** What is asked about a release and one person. */
export interface AccessFacts {
  /** Nothing at all is given out. */
  readonly isFrozen: boolean;
  readonly release: {
    readonly tier: Tier;
    /** Of the request behind it. */
    readonly requestState: string;
    /** False when the bytes that were asked for are known not to be those that were approved. */
    readonly isIntact: boolean;
  };
  readonly person: {
    /** The person's grant for this release; null when there never was one. */
    readonly grant: { readonly state: string; readonly endsAt: Date | null } | null;
    /** Did the person accept the terms in force, word for word? */
    readonly licenceIsCurrent: boolean;
    /** Until when training counts that information governance has accepted; null: there is none. */
    readonly trainingEndsAt: Date | null;
    readonly isBlocked: boolean;
  };
}

/**
 * The one predicate for listing, showing and downloading a release; null when there is access. What the roles allow is
 * asked elsewhere.
 */
export function refuseAccess({ isFrozen, release, person }: AccessFacts, now: Date): Refusal | null {
  if (isFrozen) return refusal('FROZEN', 'Everything is frozen: no release is given out for now.');
  if (release.requestState !== 'PUBLISHED')
    return refusal('NOT_PERMITTED', 'This release is not published (any longer).');
  if (!release.isIntact)
    return refusal('CANDIDATE_CHANGED', 'The released file is not what was approved; it is not served.');
  return release.tier === 'HIGH' ? refusePerson(person, now) : null;
}

function refusePerson(person: AccessFacts['person'], now: Date): Refusal | null {
  const { grant, trainingEndsAt } = person;
  if (person.isBlocked) return refusal('PERSON_BLOCKED', 'Information governance has blocked your access.');
  if (grant?.state !== 'ACTIVE')
    return refusal('NO_GRANT', 'This release needs an access grant, and you have none that is active.');
  if (grant.endsAt === null || now >= grant.endsAt)
    return refusal('GRANT_ENDED', 'Your access to this release has ended.');
  if (trainingEndsAt === null || now >= trainingEndsAt)
    return refusal('TRAINING_NOT_VALID', 'You have no training on record that is accepted and still counts.');
  if (!person.licenceIsCurrent)
    return refusal('LICENCE_NOT_ACCEPTED', 'The terms have changed; accept the version in force first.');
  return null;
}
