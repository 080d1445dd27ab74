import { choiceSums, codesIn, readPack, readPackCsv, tableNames, targetsOf } from './clinical-pack.js';
import { loincCheckDigitHolds, snomedCheckDigitHolds } from './check-digits.js';
import { reachableFrom, timelessLoops, unendedEncounters } from './walk-states.js';

const modules = readPack();
const topLevel = modules.filter(({ isSubmodule }) => !isSubmodule);
const submodules = modules.filter(({ isSubmodule }) => isSubmodule);
const states = modules.flatMap((module) =>
  [...module.states].map(([name, state]) => ({ place: `${module.path}: ${name}`, module, name, state })),
);

describe('the clinical modules', () => {
  it('are at least the 25 that were promised, each of its own name', () => {
    expect(topLevel.length).toBeGreaterThanOrEqual(25);
    expect(new Set(topLevel.map(({ name }) => name)).size).toBe(topLevel.length);
  });

  it('lead from every state to states that exist', () => {
    const lost = states.flatMap(({ place, module, state }) =>
      targetsOf(state)
        .filter((target) => !module.states.has(target))
        .map((target) => `${place} -> ${target}`),
    );
    expect(lost).toEqual([]);
  });

  it('have one transition a state, and none of a Terminal', () => {
    const wrong = states.filter(({ state }) => {
      const count = Object.keys(state).filter((field) => field.endsWith('_transition')).length;
      return count !== (state.type === 'Terminal' ? 0 : 1);
    });
    expect(wrong.map(({ place }) => place)).toEqual([]);
  });

  it('reach every state from Initial', () => {
    const unreached = modules.flatMap((module) => {
      const found = reachableFrom(module, 'Initial');
      return [...module.states.keys()].flatMap((name) =>
        name === 'Initial' || found.has(name) ? [] : [`${module.path}: ${name}`],
      );
    });
    expect(unreached).toEqual([]);
  });

  it('choose with probabilities that sum to 1', () => {
    const wrong = states.flatMap(({ place, state }) =>
      choiceSums(state).flatMap((sum) => (Math.abs(sum - 1) > 1e-9 ? [`${place}: ${sum}`] : [])),
    );
    expect(wrong).toEqual([]);
  });

  it('call submodules that exist, and every submodule is called', () => {
    const called = new Set(states.flatMap(({ state }) => state.submodule ?? []));
    expect([...called].sort()).toEqual(submodules.map(({ path }) => path).sort());
  });

  it('never turn in a circle in which no time passes', () => {
    const timed = new Set(
      submodules
        .filter(({ path }) => /^(admission\/(ward_stay|icu_stay|.*_admission)|end_of_life\/)/.test(path))
        .map(({ path }) => path),
    );
    expect(modules.flatMap((module) => timelessLoops(module, timed).map((at) => `${module.path}: ${at}`))).toEqual([]);
  });

  it('end every encounter, also those of the calendar, before the same one can begin again or the module is over', () => {
    const ending = new Set(['admission/emergency_admission', 'admission/planned_admission', 'end_of_life/dying']);
    expect(topLevel.flatMap((module) => unendedEncounters(module, ending).map((at) => `${module.path}: ${at}`))).toEqual([]);
  });

  it('say where their figures are from', () => {
    const source = /(NHS|ONS|NICE|UKHSA|HES|CPRD|Audit|Survey|Framework|College|ICNARC|KDIGO|reference data)/;
    const silent = modules.filter(({ remarks }) => !remarks.some((remark) => source.test(remark)));
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it('name the derivation where a table of onset is asked', () => {
    const derived = topLevel.filter((module) =>
      [...module.states.values()].some((state) =>
        state.lookup_table_transition?.some((option) => option.lookup_table_name?.includes('_onset')),
      ),
    );
    const silent = derived.filter(({ remarks }) => !/derive-module-rates|Cancer Registration/.test(remarks.join(' ')));
    expect(silent.map(({ path }) => path)).toEqual([]);
    expect(derived.length).toBeGreaterThan(15);
  });
});

describe('the codes of the clinical modules', () => {
  const listed = readPackCsv('codes.csv');
  const keyOf = (code: { system?: string; code?: string; display?: string }): string =>
    [code.system, code.code, code.display].join('|');
  const used = new Set(states.flatMap(({ state }) => codesIn(state)).map(keyOf));

  it('are those of the list beside them, with the same words, and no others', () => {
    expect([...used].sort()).toEqual(listed.map(keyOf).sort());
    expect(listed.length).toBeGreaterThan(150);
  });

  it('have an origin', () => {
    expect(listed.filter(({ origin }) => origin === undefined || origin === '')).toEqual([]);
  });

  it('have the check digits of SNOMED CT, dm+d and LOINC', () => {
    const wrong = listed.filter(({ system = '', code = '' }) =>
      system === 'LOINC'
        ? !loincCheckDigitHolds(code)
        : (system === 'SNOMED-CT' || system === 'dm+d') && !snomedCheckDigitHolds(code),
    );
    expect(wrong).toEqual([]);
    expect(snomedCheckDigitHolds('44054007')).toBe(false);
    expect(loincCheckDigitHolds('718-8')).toBe(false);
  });
});

describe('the lookup tables of the clinical modules', () => {
  const asked = states.flatMap(({ place, state }) => {
    const options = state.lookup_table_transition ?? [];
    return options.length === 0 ? [] : [{ place, options, table: options[0]?.lookup_table_name ?? '' }];
  });

  it('are all used', () => {
    expect([...new Set(asked.map(({ table }) => table))].sort()).toEqual(tableNames());
  });

  it('have the columns that the transitions name', () => {
    for (const { place, options, table } of asked) {
      const [first = {}] = readPackCsv(`lookup_tables/${table}`);
      const targets = options.map(({ transition }) => transition);
      expect([place, Object.keys(first)]).toEqual([place, ['age', 'gender', ...targets]]);
    }
  });

  it.each(['M', 'F'])('give every age of sex %s shares that sum to 1', (sex) => {
    for (const table of tableNames()) {
      const rows = readPackCsv(`lookup_tables/${table}`).filter(({ gender }) => gender === sex);
      const bounds = rows.map(({ age = '' }) => age.split('-').map(Number));
      const gaps = bounds.filter(([low], at) => low !== (at === 0 ? 0 : (bounds[at - 1]?.[1] ?? 0) + 1));
      expect([table, gaps, bounds.at(-1)?.[1]]).toEqual([table, [], 140]);
      const wrong = rows.filter((row) => {
        const values = Object.values(row).slice(2).map(Number);
        const sum = values.reduce((total, value) => total + value, 0);
        return !(Math.min(...values) >= 0 && Math.abs(sum - 1) < 0.001);
      });
      expect([table, wrong]).toEqual([table, []]);
    }
  });

  it('give men no pregnancy and women no prostate cancer', () => {
    const sum = (table: string, sex: string, column: string): number =>
      readPackCsv(`lookup_tables/${table}`)
        .filter(({ gender }) => gender === sex)
        .reduce((total, row) => total + Number(row[column]), 0);
    expect(sum('conception.csv', 'M', 'Conceives')).toBe(0);
    expect(sum('prostate_cancer_onset.csv', 'F', 'Onset')).toBe(0);
    expect(sum('conception.csv', 'F', 'Conceives')).toBeGreaterThan(0.1);
    expect(sum('prostate_cancer_onset.csv', 'M', 'Onset')).toBeGreaterThan(0.1);
  });
});
