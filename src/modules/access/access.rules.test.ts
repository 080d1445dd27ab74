import fc from 'fast-check';
import { type AccessFacts, refuseAccess } from './access.rules.js';
import { grantStates } from './grant.state.js';

const now = new Date('2026-03-01T12:00:00Z');
const later = new Date(now.getTime() + 1);
const earlier = new Date(now.getTime() - 1);

interface Change {
  readonly isFrozen?: boolean;
  readonly release?: Partial<AccessFacts['release']>;
  readonly person?: Partial<AccessFacts['person']>;
}

const facts = ({ isFrozen = false, release, person }: Change = {}): AccessFacts => ({
  isFrozen,
  release: { tier: 'HIGH', requestState: 'PUBLISHED', isIntact: true, ...release },
  person: {
    grant: { state: 'ACTIVE', endsAt: later },
    licenceIsCurrent: true,
    trainingEndsAt: later,
    isBlocked: false,
    ...person,
  },
});

describe('access to a release', () => {
  it('is given when everything holds', () => {
    expect(refuseAccess(facts(), now)).toBeNull();
  });

  it.each<[Change, string]>([
    [{ isFrozen: true }, 'FROZEN'],
    [{ isFrozen: true, release: { tier: 'STRUCTURAL' } }, 'FROZEN'],
    [{ release: { requestState: 'SUSPENDED' } }, 'NOT_PERMITTED'],
    [{ release: { requestState: 'REVOKED', tier: 'LOW' } }, 'NOT_PERMITTED'],
    [{ release: { isIntact: false } }, 'CANDIDATE_CHANGED'],
    [{ release: { isIntact: false, tier: 'LOW' } }, 'CANDIDATE_CHANGED'],
    [{ person: { isBlocked: true } }, 'PERSON_BLOCKED'],
    [{ person: { grant: null } }, 'NO_GRANT'],
    [{ person: { grant: { state: 'SUSPENDED', endsAt: later } } }, 'NO_GRANT'],
    [{ person: { grant: { state: 'ACTIVE', endsAt: now } } }, 'GRANT_ENDED'],
    [{ person: { grant: { state: 'ACTIVE', endsAt: null } } }, 'GRANT_ENDED'],
    [{ person: { trainingEndsAt: null } }, 'TRAINING_NOT_VALID'],
    [{ person: { trainingEndsAt: now } }, 'TRAINING_NOT_VALID'],
    [{ person: { licenceIsCurrent: false } }, 'LICENCE_NOT_ACCEPTED'],
  ])('is refused with %j: %s', (change, code) => {
    expect(refuseAccess(facts(change), now)?.code).toBe(code);
  });

  it('below HIGH asks nothing of the person', () => {
    const nobody = { grant: null, licenceIsCurrent: false, trainingEndsAt: null, isBlocked: true };
    for (const tier of ['STRUCTURAL', 'LOW'] as const)
      expect(refuseAccess(facts({ release: { tier }, person: nobody }), now)).toBeNull();
  });

  /** The sentence of the specification (7.2), written as it stands there; a freeze stops everything (7.1). */
  const specified = ({ isFrozen, release, person }: AccessFacts): boolean =>
    !isFrozen &&
    release.requestState === 'PUBLISHED' &&
    release.isIntact &&
    (release.tier !== 'HIGH' ||
      (person.grant?.state === 'ACTIVE' &&
        person.grant.endsAt !== null &&
        now < person.grant.endsAt &&
        person.licenceIsCurrent &&
        person.trainingEndsAt !== null &&
        now < person.trainingEndsAt &&
        !person.isBlocked));

  const moment = fc.constantFrom(null, earlier, now, later);
  const anyFacts = fc.record({
    isFrozen: fc.boolean(),
    release: fc.record({
      tier: fc.constantFrom('STRUCTURAL' as const, 'LOW' as const, 'HIGH' as const),
      requestState: fc.constantFrom('APPROVED', 'PUBLISHED', 'SUSPENDED', 'REVOKED', 'EXPIRED', 'SUPERSEDED'),
      isIntact: fc.boolean(),
    }),
    person: fc.record({
      grant: fc.option(fc.record({ state: fc.constantFrom(...grantStates), endsAt: moment })),
      licenceIsCurrent: fc.boolean(),
      trainingEndsAt: moment,
      isBlocked: fc.boolean(),
    }),
  });

  it('is what the specification says, for any facts', () => {
    fc.assert(
      fc.property(anyFacts, (any) => {
        expect(refuseAccess(any, now) === null).toBe(specified(any));
      }),
      { numRuns: 5_000 },
    );
  });

  it('never comes back by the passing of time alone', () => {
    fc.assert(
      fc.property(anyFacts, fc.nat(), (any, ms) => {
        fc.pre(refuseAccess(any, now) !== null);
        expect(refuseAccess(any, new Date(now.getTime() + ms))).not.toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });
});
