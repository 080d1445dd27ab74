import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPolicy } from '../policy/load-policy.js';
import { loadRoleMapping } from './load-role-mapping.js';
import { mappedRoles, type RoleMapping } from './role-mapping.rules.js';

const mapping: RoleMapping = {
  claim: ['realm', 'groups'],
  roles: [
    { value: 'a', roles: ['researcher'] },
    { value: 'b', roles: ['researcher', 'operator'] },
    { value: 'constructor', roles: ['evaluator'] },
  ],
};

it.each<[unknown, string[]]>([
  [{ realm: { groups: ['a', 'b', 'c'] } }, ['researcher', 'operator']],
  [{ realm: { groups: 'a' } }, ['researcher']],
  [{ realm: { groups: ['A', 'a ', 'toString'] } }, []],
  [{ realm: { groups: [1, null, { a: 'a' }] } }, []],
  [{ realm: 'a' }, []],
  [{ groups: ['a'] }, []],
  [{}, []],
  [null, []],
  ['a', []],
])('%j gives %j', (claims, expected) => {
  expect(mappedRoles(mapping, claims)).toEqual(expected);
});

describe('a mapping file', () => {
  const { roles } = loadPolicy('policies');
  const load = (content: unknown): unknown => {
    const file = join(mkdtempSync(join(tmpdir(), 'picketfence-mapping-')), 'roles.json');
    writeFileSync(file, JSON.stringify(content));
    return loadRoleMapping(file, roles);
  };
  const sound = { version: 1, claim: 'groups', roles: [{ value: 'a', roles: ['researcher'] }] };

  it('is read, and known by its hash', () => {
    expect(load(sound)).toMatchObject({
      claim: ['groups'],
      hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
  });

  it.each<[string, object, string]>([
    ['of another version', { version: 2 }, '/version'],
    ['without a claim', { claim: '' }, '/claim'],
    [
      'with a role that there is not',
      { roles: [{ value: 'a', roles: ['emperor'] }] },
      '"emperor", which is no role',
    ],
    ['with a word too many', { everybody: ['researcher'] }, 'additional properties'],
    ['that gives no role', { roles: [{ value: 'a', roles: [] }] }, '/roles/0/roles'],
    [
      'that lets who keeps accounts decide',
      { roles: [{ value: 'a', roles: ['administrator', 'ig-approver'] }] },
      'keeps accounts',
    ],
  ])('%s is refused', (_, change, why) => {
    expect(() => load({ ...sound, ...change })).toThrow(why);
  });

  it('that is missing is refused by name', () => {
    expect(() => loadRoleMapping('/nowhere/roles.json', roles)).toThrow('Role mapping /nowhere/roles.json');
  });
});
