import {
  type Circumstances,
  maySpeakForOthers,
  passwordOpens,
  rolesCount,
  type SignInFacts,
} from './account-standing.rules.js';

const now = new Date('2026-03-01T12:00:00Z');
const hoursAgo = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000);
const known = [
  { role: 'ig-approver', may: [{ actions: ['approve'], subject: 'Request' }] },
  { role: 'custodian', may: [{ actions: ['create'], subject: 'Source' }] },
  { role: 'researcher', may: [{ actions: ['create'], subject: 'Request' }] },
];
const here = (change: Partial<Circumstances> = {}): Circumstances => ({
  ...{ now, known, hasProvider: true, breakGlass: false, providerRolesHours: 24 },
  providerRoles: ['custodian'],
  ...change,
});
const local = (...roles: string[]): SignInFacts => ({ roles, providerSignInAt: null });

it.each<[readonly string[], Partial<Circumstances>, string]>([
  [['ig-approver'], {}, 'no'],
  [['researcher', 'ig-approver'], {}, 'no'],
  [['custodian'], {}, 'no'],
  [['researcher'], {}, 'yes'],
  [[], {}, 'yes'],
  [['ig-approver'], { breakGlass: true }, 'break-glass'],
  [['researcher'], { breakGlass: true }, 'yes'],
  [['ig-approver'], { hasProvider: false }, 'yes'],
  [['ig-approver'], { hasProvider: false, breakGlass: true }, 'yes'],
])('a password opens an account with %j where %j: %s', (roles, change, expected) => {
  expect(passwordOpens(local(...roles), here(change))).toBe(expected);
});

it('no password of ours is asked of who signs in at the provider', () => {
  expect(passwordOpens({ roles: ['ig-approver'], providerSignInAt: now }, here())).toBe('yes');
});

it('what the provider said counts up to its hours, to the millisecond, and not with another provider setting', () => {
  const account = (signedIn: Date): SignInFacts => ({ roles: ['ig-approver'], providerSignInAt: signedIn });
  expect(rolesCount(account(hoursAgo(24)), here(), true)).toBe(true);
  expect(rolesCount(account(new Date(hoursAgo(24).getTime() - 1)), here(), false)).toBe(false);
  expect(rolesCount(account(hoursAgo(25)), here({ breakGlass: true }), false)).toBe(false);
  expect(rolesCount(account(hoursAgo(25)), here({ hasProvider: false }), false)).toBe(false);
});

it('break-glass opens the door for people who come in person, not for their programs', () => {
  expect(rolesCount(local('ig-approver'), here({ breakGlass: true }), false)).toBe(true);
  expect(rolesCount(local('ig-approver'), here({ breakGlass: true }), true)).toBe(false);
  expect(rolesCount(local('researcher'), here(), true)).toBe(true);
  expect(rolesCount(local('ig-approver'), here(), false)).toBe(false);
});

it('nobody with a password, or without a known address, decides for others where there is a provider', () => {
  const email = 'ann@trust.example';
  const external = { roles: [], providerSignInAt: now };
  expect(maySpeakForOthers({ ...local('researcher'), email }, here({ breakGlass: true }))).toBe(false);
  expect(maySpeakForOthers({ ...external, email }, here())).toBe(true);
  expect(maySpeakForOthers({ ...external, email: null }, here())).toBe(false);
  expect(maySpeakForOthers({ ...local('researcher'), email }, here({ hasProvider: false }))).toBe(true);
});
