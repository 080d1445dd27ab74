import { type GrantFacts, refuseGrantCommand, refuseGrantEnd } from './grant.rules.js';
import type { GrantCommand } from './grant.state.js';

const aGrant = (change: Partial<GrantFacts> = {}): GrantFacts => ({
  state: 'IG_DECISION',
  personId: 'ann',
  refereeEmail: 'rita@somewhere.ac.uk',
  teamEmails: ['ben@somewhere.ac.uk'],
  suspendedById: null,
  suspensionCause: null,
  endNote: null,
  destructionConfirmedAt: null,
  ...change,
});

const ina = { id: 'ina', email: 'ina@hospital.nhs.uk' };
const people = {
  ina,
  ann: { id: 'ann', email: 'ann@mail.example' },
  rita: { id: 'rita', email: 'Rita+ig@Somewhere.ac.uk' },
  ben: { id: 'ben', email: 'ben@somewhere.ac.uk' },
  // Asked for the release.
  rob: { id: 'rob', email: 'rob@hospital.nhs.uk' },
} as const;

const refusedBy = (
  who: keyof typeof people,
  command: GrantCommand,
  change: Partial<GrantFacts> = {},
): string | undefined =>
  refuseGrantCommand(command, { grant: aGrant(change), person: people[who], releaseTeamIds: ['rob'] })?.code;

describe('an application', () => {
  it.each<[keyof typeof people, string | undefined]>([
    ['ina', undefined],
    ['ann', 'OWN_REQUEST'],
    ['rita', 'REFEREE_DECIDES'],
    ['ben', 'CONFLICT_OF_INTEREST'],
    ['rob', 'CONFLICT_OF_INTEREST'],
  ])('is decided on by %s: %s', (who, code) => {
    expect(refusedBy(who, 'approve')).toBe(code);
    expect(refusedBy(who, 'decline')).toBe(code);
    expect(refusedBy(who, 'assess', { state: 'REFEREE_CONFIRMED' })).toBe(code);
  });

  it('is not decided on before the referee has answered', () => {
    expect(refusedBy('ina', 'approve', { state: 'REQUESTED' })).toBe('WRONG_STATE');
    expect(refusedBy('ina', 'assess', { state: 'REQUESTED' })).toBe('WRONG_STATE');
  });
});

describe('a suspended access', () => {
  const suspended = { state: 'SUSPENDED', suspensionCause: 'GRANT', suspendedById: 'ina' } as const;
  it('comes back by another person than suspended it', () => {
    expect(refusedBy('ina', 'resume', suspended)).toBe('OWN_SUSPENSION');
    expect(refusedBy('ina', 'resume', { ...suspended, suspendedById: 'ivo' })).toBeUndefined();
  });

  it('comes back with its release when it was suspended with it, and by no person', () => {
    const withRelease = { state: 'SUSPENDED', suspensionCause: 'RELEASE' } as const;
    expect(refusedBy('ina', 'resume', withRelease)).toBe('WRONG_STATE');
    const bySystem = { grant: aGrant(withRelease), person: null, releaseTeamIds: [] };
    expect(refuseGrantCommand('resume', bySystem)).toBeNull();
  });
});

describe('an access that has ended', () => {
  it.each<[Partial<GrantFacts>, string | undefined]>([
    [{}, 'INCOMPLETE'],
    [{ endNote: 'Taught a course.' }, 'INCOMPLETE'],
    [{ destructionConfirmedAt: new Date(0) }, 'INCOMPLETE'],
    [{ endNote: 'Taught a course.', destructionConfirmedAt: new Date(0) }, undefined],
  ])('with %j closes: %s', (change, code) => {
    expect(refusedBy('ann', 'close', { state: 'EXPIRED', ...change })).toBe(code);
    expect(refusedBy('ann', 'close', { state: 'REVOKED', ...change })).toBe(code);
  });
});

it('an access ends in the future and within what policy allows', () => {
  const now = new Date('2026-03-01T00:00:00Z');
  const codeFor = (endsAt: string): string | undefined => refuseGrantEnd(new Date(endsAt), 365, now)?.code;
  expect(codeFor('2027-03-01T00:00:00Z')).toBeUndefined();
  for (const endsAt of ['2027-03-01T00:00:01Z', '2026-03-01T00:00:00Z', '2025-01-01T00:00:00Z', 'never'])
    expect(codeFor(endsAt)).toBe('BAD_PARAMETERS');
});
