import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadFhirServers } from './fhir-servers.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'fhir-servers-'))));
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const sandbox = { name: 'sandbox', baseUrl: 'https://fhir.example/r4/', tiers: ['STRUCTURAL'] };
function fileOf(servers: unknown, more: object = { version: 1 }): string {
  const file = join(folder, 'servers.json');
  writeFileSync(file, JSON.stringify({ ...more, servers }));
  return file;
}

it('reads the servers, and finds their tokens beside the file', () => {
  const here = { ...sandbox, name: 'here', baseUrl: 'http://127.0.0.1:8080', tokenFile: 'token' };
  expect(loadFhirServers(fileOf([sandbox, here]))).toEqual([
    { name: 'sandbox', baseUrl: 'https://fhir.example/r4', tiers: ['STRUCTURAL'], tokenFile: null },
    {
      ...{ name: 'here', baseUrl: 'http://127.0.0.1:8080', tiers: ['STRUCTURAL'] },
      tokenFile: join(folder, 'token'),
    },
  ]);
  expect(loadFhirServers(undefined)).toEqual([]);
});

it.each([
  ['a tier that needs grants', { tiers: ['HIGH'] }, '/servers/0/tiers/0'],
  ['no tier', { tiers: [] }, '/servers/0/tiers'],
  ['a name with blanks', { name: 'a b' }, '/servers/0/name'],
  ['an address without encryption', { baseUrl: 'http://fhir.example' }, '/servers/0 has no https address'],
  [
    'an address that only looks like this machine',
    { baseUrl: 'http://127.0.0.1.evil.example' },
    '/servers/0',
  ],
  ['a password in the address', { baseUrl: 'https://a:b@fhir.example' }, '/servers/0 has a password'],
  ['a query in the address', { baseUrl: 'https://fhir.example/?a=1' }, '/servers/0 has more than a path'],
  ['no address', { baseUrl: 'sandbox' }, '/servers/0 has no https address'],
  ['something unknown', { secret: 'x' }, '/servers/0'],
])('refuses a server with %s', (_, change, place) => {
  expect(() => loadFhirServers(fileOf([{ ...sandbox, ...change }]))).toThrow(place);
});

it('refuses two servers of one name, another version, and what is no JSON', () => {
  expect(() => loadFhirServers(fileOf([sandbox, sandbox]))).toThrow('/servers/1 has a name');
  expect(() => loadFhirServers(fileOf([], { version: 2 }))).toThrow('/version');
  expect(() => loadFhirServers(join(folder, 'none.json'))).toThrow('none.json');
});
