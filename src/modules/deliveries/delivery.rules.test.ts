import { type DeliveryFacts, refuseDelivery } from './delivery.rules.js';

const published: DeliveryFacts = {
  release: { tier: 'LOW', requestState: 'PUBLISHED', fhirFiles: 3 },
  isAllowed: true,
  serverTiers: ['LOW'],
};

it('lets a published release in FHIR go to a server that takes its tier', () => {
  expect(refuseDelivery(published)).toBeNull();
});

it.each([
  ['is stopped', { release: { ...published.release, requestState: 'SUSPENDED' } }, 'NOT_PERMITTED'],
  ['is taken back', { release: { ...published.release, requestState: 'RECALLED' } }, 'NOT_PERMITTED'],
  ['is of a tier that the policy keeps here', { isAllowed: false }, 'NOT_PERMITTED'],
  ['is to go to a server that nobody named', { serverTiers: null }, 'NOT_FOUND'],
  ['is of a tier that the server does not take', { serverTiers: ['STRUCTURAL'] as const }, 'NOT_PERMITTED'],
  ['has nothing in FHIR', { release: { ...published.release, fhirFiles: 0 } }, 'NOT_FOUND'],
])('refuses one that %s', (_, change, code) => {
  expect(refuseDelivery({ ...published, ...change })?.code).toBe(code);
});

it('says first that a release is stopped, and nothing of the servers', () => {
  const release = { ...published.release, requestState: 'RECALLED' };
  const refused = refuseDelivery({ ...published, release, serverTiers: null });
  expect(refused?.message).toContain('not published');
});
