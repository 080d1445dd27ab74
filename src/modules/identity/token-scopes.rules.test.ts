import { pairsOf, refuseApiToken } from './token-scopes.rules.js';

const may = (...pairs: string[]): ((action: string, subject: string) => boolean) => {
  return (action, subject) => pairs.includes(`${action} ${subject}`);
};
const form = { name: 'nightly', scopes: ['read Request'], expiresInDays: 30 };

it('gives scopes that the person has', () => {
  expect(refuseApiToken(form, may('read Request'))).toBeNull();
  for (const subject of ['Source', 'Profile', 'Mechanism', 'Request', 'Release', 'Incident']) {
    expect(refuseApiToken({ ...form, scopes: ['read-metadata'] }, may(`read ${subject}`))).toBeNull();
  }
  expect(
    refuseApiToken({ ...form, name: 'n'.repeat(100), expiresInDays: 1 }, may('read Request')),
  ).toBeNull();
  expect(refuseApiToken({ ...form, expiresInDays: 365 }, may('read Request'))).toBeNull();
});

it.each([
  ['more than the person may do', { scopes: ['read Request', 'approve Request'] }, 'scopes', 'NOT_PERMITTED'],
  ['everything', { scopes: ['manage all'] }, 'scopes', 'NOT_PERMITTED'],
  ['accounts', { scopes: ['create Person'] }, 'scopes', 'NOT_PERMITTED'],
  ['a name of every object', { scopes: ['constructor'] }, 'scopes', 'NOT_PERMITTED'],
  ['a named scope without anything in it', { scopes: ['download-releases'] }, 'scopes', 'NOT_PERMITTED'],
  ['nothing', { scopes: [] }, 'scopes', 'INCOMPLETE'],
  ['no name', { name: ' ' }, 'name', 'INCOMPLETE'],
  ['a name without end', { name: 'n'.repeat(101) }, 'name', 'INCOMPLETE'],
  ['for ever', { expiresInDays: 366 }, 'expiresInDays', 'BAD_PARAMETERS'],
  ['for no time', { expiresInDays: 0 }, 'expiresInDays', 'BAD_PARAMETERS'],
])('refuses a token for %s', (_, change, place, code) => {
  const refused = refuseApiToken({ ...form, ...change }, may('read Request', 'create Person'));
  expect(refused).toMatchObject({ code, place });
});

it('keeps a pair as it is and spells a name out', () => {
  expect([...pairsOf(['agree Request', 'download-releases'])]).toEqual([
    'agree Request',
    'read Release',
    'download Release',
  ]);
});
