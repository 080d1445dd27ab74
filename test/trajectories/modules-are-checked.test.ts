import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileModules } from '../../src/generators/trajectories/compile/compile-modules.js';
import { applyOverrides } from '../../src/generators/trajectories/library/apply-overrides.js';
import type { JsonObject } from '../../src/generators/trajectories/library/fields.js';
import { problemText } from '../../src/generators/trajectories/library/problem.js';
import { readLibrary } from '../../src/generators/trajectories/library/read-library.js';
import { describeWithShared } from '../support/shared-data.js';
import { birth, compiled, libraryOf, live } from '../support/trajectories/one-module.js';

const to = (target: string): JsonObject => ({ type: 'Simple', direct_transition: target });
const initial = { type: 'Initial', direct_transition: 'End' };
const end = { type: 'Terminal' };
const problemsOf = (states: Record<string, JsonObject>): string[] =>
  compileModules({ natives: [], library: libraryOf({ m: states }), leaveOutBroken: true }).problems.map(
    (problem) => `${problem.severity} ${problemText(problem)}`,
  );

describe('a module with a mistake is refused with file, state and field:', () => {
  const guard = (allow: JsonObject): JsonObject => ({ type: 'Guard', allow, direct_transition: 'End' });
  const among = (state: JsonObject): Record<string, JsonObject> => ({ Initial: to('S'), S: state, End: end });
  it.each<[string, Record<string, JsonObject>, string]>([
    ['no Initial', { Start: end }, 'error m, states: there is no state "Initial".'],
    [
      'an unknown target',
      { Initial: to('Nowhere') },
      'error m, state "Initial", direct_transition: there is no state "Nowhere".',
    ],
    [
      'no transition',
      among({ type: 'Simple' }),
      'error m, state "S": has no transition, and is no Terminal.',
    ],
    [
      'two transitions',
      among({ ...to('End'), distributed_transition: [] }),
      'error m, state "S", distributed_transition: is a second transition, beside "direct_transition".',
    ],
    [
      'an unknown type',
      among({ ...to('End'), type: 'Smple' }),
      'error m, state "S", type: there is no state type "Smple".',
    ],
    [
      'an unknown unit',
      among({ ...to('End'), type: 'Delay', exact: { quantity: 1, unit: 'fortnights' } }),
      'error m, state "S", exact.unit: "fortnights" is not one of: years, months, weeks, days, hours, minutes, seconds.',
    ],
    [
      'an unknown category',
      among({
        ...to('End'),
        type: 'Observation',
        codes: [{ system: 'LOINC', code: '1', display: 'One' }],
        category: 'labs',
      }),
      'error m, state "S", category: "labs" is not one of: vital-signs, laboratory, survey, social-history, exam, procedure, therapy, imaging.',
    ],
    [
      'text for a number',
      among({ ...to('End'), type: 'Delay', exact: { quantity: 'two', unit: 'days' } }),
      'error m, state "S", exact.quantity: must be a number.',
    ],
    [
      'an unknown condition',
      among(guard({ condition_type: 'And', conditions: [{ condition_type: 'Mood' }] })),
      'error m, state "S", allow.conditions[0].condition_type: there is no condition "Mood".',
    ],
    [
      'an unknown submodule',
      among({ ...to('End'), type: 'CallSubmodule', submodule: 'x/y' }),
      'error m, state "S", submodule: there is no module "x/y".',
    ],
    [
      'an unknown table',
      among({
        type: 'Simple',
        lookup_table_transition: [
          { transition: 'End', default_probability: '1', lookup_table_name: 't.csv' },
        ],
      }),
      'error m, state "S", lookup_table_transition[0].lookup_table_name: there is no table "t.csv".',
    ],
    [
      'a share of nothing',
      among({ type: 'Simple', distributed_transition: [{ transition: 'End' }] }),
      'error m, state "S", distributed_transition[0].distribution: is missing; it is an object.',
    ],
    [
      'an endless circle',
      { Initial: to('A'), A: to('B'), B: to('A') },
      'error m, state "A": goes round in a circle of states that never wait, with no other way out.',
    ],
    [
      'an unreachable state',
      { Initial: initial, End: end, Island: to('End') },
      'warning m, state "Island": nothing leads to this state.',
    ],
    [
      'an attribute that nobody writes',
      among(guard({ condition_type: 'Attribute', attribute: 'luck', operator: 'is not nil' })),
      'warning m, state "S", allow: reads the attribute "luck", which nothing writes.',
    ],
    [
      'a visit that is never left',
      { Initial: to('V'), V: { type: 'Encounter', wellness: true, direct_transition: 'V' } },
      'warning m, state "V": comes back to itself without an EncounterEnd, so it can be passed once only.',
    ],
  ])('%s', (_, states, problem) => {
    expect(problemsOf(states)).toContain(problem);
  });

  it('nothing, where nothing is wrong', () => {
    expect(problemsOf({ Initial: initial, End: end })).toEqual([]);
  });
});

describe('broken modules', () => {
  const good = {
    Initial: { type: 'Initial', direct_transition: 'Mark' },
    Mark: { type: 'SetAttribute', attribute: 'marked', value: true, direct_transition: 'End' },
    End: end,
  };
  const library = libraryOf({
    good,
    'sub/broken': { Initial: to('Nowhere') },
    caller: {
      Initial: { type: 'CallSubmodule', submodule: 'sub/broken', direct_transition: 'End' },
      End: end,
    },
  });

  it('stop everything, with all that is wrong', () => {
    expect(() => compileModules({ natives: [], library })).toThrow('there is no state "Nowhere"');
  });

  it('are left out on request, with those that call them, and the rest runs', () => {
    const left = compileModules({ natives: [], library, leaveOutBroken: true });
    expect(left.units.map(({ name }) => name)).toEqual(['good']);
    expect(left.problems.map(problemText)).toContain('caller: calls "sub/broken", which cannot run.');
    expect(live(left, 1).person.getByName('marked')).toBe(true);
  });

  it('say what does not fit in a life with its place', () => {
    const modules = compiled(
      libraryOf({
        m: {
          Initial: { type: 'SetAttribute', attribute: 'a', value: 'text', direct_transition: 'Ask' },
          Ask: {
            type: 'Guard',
            allow: { condition_type: 'Attribute', attribute: 'a', operator: '>', value: 3 },
            direct_transition: 'End',
          },
          End: end,
        },
      }),
    );
    expect(() => live(modules, 1)).toThrow('m, state "Ask", allow: "text" cannot be compared with 3.');
  });
});

describe('overrides', () => {
  const library = libraryOf({
    'm n': {
      Initial: { type: 'Initial', distributed_transition: [{ distribution: 1, transition: 'End' }] },
      'The End': end,
      End: end,
    },
  });

  it('replace numbers by their path', () => {
    const changed = applyOverrides(
      library,
      "# a comment\nm n.json::$['states']['Initial'].distributed_transition[0].distribution = 0.25\n",
    );
    expect(changed.problems).toEqual([]);
    expect(JSON.stringify(changed.modules.get('m n'))).toContain('"distribution":0.25');
    expect(JSON.stringify(library.modules.get('m n'))).toContain('"distribution":1');
  });

  it.each([
    ['nonsense', 'is not "file.json::$.path = number".'],
    ['x.json::$.a = 1', 'there is no module "x".'],
    ['m n.json::$.a..b = 1', '".a..b" is not a path.'],
    ['m n.json::$.name = 1', 'there is no number at "$.name".'],
    ['m n.json::$.states = many', '"many" is not a number.'],
  ])('are refused by line: %s', (line, message) => {
    expect(applyOverrides(library, line).problems.map(problemText)).toEqual([
      `overrides, line 1: ${message}`,
    ]);
  });
});

describe('a folder of modules', () => {
  it('is read whole: what is no module is a problem, a later folder goes over an earlier one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'picketfence-modules-'));
    try {
      for (const path of ['a/lookup_tables', 'a/sub', 'b'])
        await mkdir(join(folder, path), { recursive: true });
      await writeFile(join(folder, 'a/one.json'), '{"name":"first"}');
      await writeFile(join(folder, 'a/sub/two.json'), '\uFEFF{"name":"two"}');
      await writeFile(join(folder, 'a/bad.json'), '{');
      await writeFile(join(folder, 'a/lookup_tables/t.csv'), 'age,End\n');
      await writeFile(join(folder, 'b/one.json'), '{"name":"second"}');
      const { modules, tables, problems } = await readLibrary(join(folder, 'a'), join(folder, 'b'));
      expect([...modules]).toEqual([
        ['one', { name: 'second' }],
        ['sub/two', { name: 'two' }],
      ]);
      expect([...tables]).toEqual([['t.csv', 'age,End\n']]);
      expect(problems.map(problemText)).toEqual([expect.stringMatching(/^bad: is not JSON/)]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describeWithShared('the stock library', 'synthea-modules', (folder) => {
  it('compiles without an error: 85 modules and 157 submodules', async () => {
    const library = await readLibrary(join(folder, 'modules'));
    const modules = compiled(library);
    expect(library.modules.size).toBe(242);
    expect(modules.units.filter(({ kind }) => kind === 'module')).toHaveLength(85);
    expect(modules.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(live(modules, 30).person.birth).toBe(birth);
  });
});
