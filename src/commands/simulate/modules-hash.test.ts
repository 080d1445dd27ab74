import { modulesUsed } from './modules-hash.js';

const library = (states: object, table = 'age,A\n1,1\n') => ({
  modules: new Map([
    ['b', { name: 'B', states: {} }],
    ['a', { name: 'A', states: { ...states } }],
  ]),
  tables: new Map([['t.csv', table]]),
  problems: [],
});

describe('the hash of modules', () => {
  it('is of what they say, not of their order, and changes with any of it', () => {
    const one = modulesUsed(library({ x: 1, y: 2 }));
    const { modules, ...rest } = library({ y: 2, x: 1 });
    expect(modulesUsed({ ...rest, modules: new Map([...modules].reverse()) })).toEqual(one);
    expect(one).toEqual({ files: 3, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    expect(modulesUsed(library({ x: 1, y: 3 })).sha256).not.toBe(one.sha256);
    expect(modulesUsed(library({ x: 1, y: 2 }, 'age,A\n1,0\n')).sha256).not.toBe(one.sha256);
  });
});
