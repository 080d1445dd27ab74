import { compileModules } from '../../src/generators/trajectories/compile/compile-modules.js';
import type { ModuleLibrary } from '../../src/generators/trajectories/library/module-library.js';
import { problemText } from '../../src/generators/trajectories/library/problem.js';
import { readLibrary } from '../../src/generators/trajectories/library/read-library.js';
import type { PersonInput } from '../../src/generators/trajectories/person/person.js';
import type { Trajectory } from '../../src/generators/trajectories/simulate-person.js';
import { describeWithShared } from '../support/shared-data.js';
import { begun, birth, compiled, day, live } from '../support/trajectories/one-module.js';

const tables = [
  ...(['encounters', 'conditions', 'allergies', 'medications', 'carePlans', 'procedures'] as const),
  ...(['devices', 'supplies', 'reports', 'imagingStudies', 'observations', 'immunizations'] as const),
];

/** All that was recorded, without the check-ups of the calendar: `table code@day`. */
function recorded(life: Trajectory): string[] {
  return tables.flatMap((table) =>
    begun(life, life.record[table])
      .filter((text) => !text.startsWith('410620009'))
      .map((text) => `${table} ${text}`),
  );
}

// What a module begins at birth waits a week for an encounter of its own: the calendar's first check-up holds the first step.
const expected: Readonly<Record<string, readonly string[]>> = {
  allergies: ['encounters 185345009@7', 'allergies 91930004@7'],
  artificial_heart_device: [
    ...['encounters 440068009@7', 'devices 13459008@7', 'supplies 52291003@7', 'supplies 468159004@7'],
    ...['supplies 39802000@7', 'supplies 788177008@7'],
  ],
  calls_submodule: ['encounters 12345678@7', 'conditions 87654321@7', 'medications 123456@7'],
  careplan_start: ['conditions 73211009@0', 'carePlans 698360004@0'],
  condition_onset: ['encounters 50849002@180', 'conditions 73211009@180', 'conditions 47693006@180'],
  death: [],
  death_during_delay: ['encounters 1234@7'],
  death_reason: [
    ...['encounters 308646001@0', 'conditions 73211009@0', 'reports 69409-1@0', 'observations 69453-9@0'],
  ],
  delay: [],
  delay_time_travel: ['encounters 50849002@2'],
  encounter_with_submodule: ['encounters 1234@7', 'encounters 9876@7', 'conditions 5678@7'],
  // The second visit of the calendar is never taken: no EncounterEnd has left the first one.
  encounter: [],
  gmf_two_point_oh: [`procedures 6025007@${2 / 86_400}`, `observations 2089-1@${2 / 86_400}`],
  imaging_study_with_valueset: [
    ...['encounters 50849002@7', 'conditions 239725005@7', 'procedures 2501000087107@7'],
    'imagingStudies 2501000087107@7',
  ],
  imaging_study: [
    ...['encounters 50849002@7', 'conditions 239725005@7', 'procedures 2491000087104@7'],
    'imagingStudies 2491000087104@7',
  ],
  lookuptable_test: ['conditions 23502008@0'],
  lookuptable_timerangetest: ['conditions 23502009@0'],
  medication_end: [
    ...['conditions 73211009@0', 'medications 860975@0', 'medications 575679@0', 'medications 563894@0'],
  ],
  medication_order: ['conditions 73211009@0', 'medications 860975@0', 'medications 123456@0'],
  observation_groups: [
    ...['observations 8302-2@0', 'observations 29463-7@0', 'observations 8480-6@0'],
    ...['observations 8462-4@0', 'observations 55284-4@0'],
  ],
  procedure: ['encounters 32485007@7', 'procedures 6025007@7'],
  procedure_duration_and_death: ['encounters 1234@7', 'procedures 1234@7'],
  recursively_calls_submodules: ['encounters 503552143@365', 'medications 354522@365'],
  series_data: ['encounters 1234@7', 'observations 1234@7'],
  // The simulation of physiology is not run: its other way leads past it.
  smith_physiology: ['encounters 32485007@7', 'observations 386532001@7'],
  switching_provider: [
    ...[
      'encounters 1234@7',
      'encounters 5678@7',
      'conditions 8888@7',
      'medications 4567@7',
      'carePlans 2345@7',
    ],
    ...['procedures 9876@7', 'observations 1234@7'],
  ],
  vaccine: ['encounters 1234@7', 'immunizations 123@7'],
};

const lastStates: Readonly<Record<string, string>> = {
  complex_transition: 'TerminalF2',
  conditional_transition: 'Terminal2',
  direct_transition: 'Terminal',
  encounter: 'Annual_Physical_2',
  distributed_transition: 'Terminal2',
  gaussian_distro_delay: 'Terminal',
  history: 'Terminal',
  incomplete_conditional_transition: 'Terminal1',
  initial_to_terminal: 'Terminal',
  virtual_medicine_transition: 'Terminal1',
};

/** What `modules check` says of the modules that are there to be found wrong. */
const findings: Readonly<Record<string, readonly string[]>> = {
  'validation/reference_errors': [
    'warning state "Unreachable_State": nothing leads to this state.',
    'warning state "ConditionOnset_references_Non_Encounter_State", target_encounter: there is no Encounter "Nonexistent_State".',
    'warning state "ConditionEnd_references_Incorrect_State", condition_onset: there is no ConditionOnset "Doctor_Visit".',
  ],
  'validation/field_errors': [
    'error state "Missing_Transition": has no transition, and is no Terminal.',
    'error state "Guard_Missing_Allow", allow: is missing; it is an object.',
    'error state "Delay_Missing_Amount": has none of "exact", "range" and "distribution".',
    'error state "Encounter_Empty", encounter_class: is missing; it is a text.',
    'error state "Encounter_With_Class_Missing_Codes", codes: is missing; it is a list.',
    'error state "Encounter_With_Code_Missing_System", codes[0].system: is missing; it is a text.',
    'error state "Conditional_Transition_Missing_Transition", conditional_transition[0].transition: is missing; it is a text.',
    'error state "Distributed_Transition_Missing_Pieces", distributed_transition[2].transition: is missing; it is a text.',
    'error state "Complex_Transition_Missing_Pieces", complex_transition[0].distributions: is missing; it is a list.',
    'error state "Date_Condition_Missing_Operator", allow.operator: is missing; it is a text.',
  ],
};

/** Asserted one by one below. */
const alone = [
  ...[
    'careplan_end',
    'condition_end',
    'death_life_expectancy',
    'distributed_transition_with_attrs',
    'example_module',
  ],
  ...['guard', 'logic', 'set_attribute', 'symptom', 'symptom50'],
];

const refusals: Readonly<Record<string, string>> = {
  counter:
    'counter, state "Check_Counter", conditional_transition[0].transition: there is no state "Counter_Decrement".',
  expression_use:
    'expression_use, state "Initial", direct_transition: there is no state "Set_Systemic_Resistance".',
  lookuptable_agerangetest: 'lookuptable_agerangetest.csv, line 3: "age" is not "low-high".',
  lookuptable_nomatchcolumn: 'there is no column "Mild_Lokuptablitis".',
  observation: 'observation, state "SampledDataObservation", direct_transition: there is no state "Chart".',
  state_without_transition:
    'state_without_transition, state "Simple": has no transition, and is no Terminal.',
};

describeWithShared('the upstream test modules', 'synthea-modules/test-modules', (folder) => {
  let all: ModuleLibrary;
  beforeAll(async () => {
    all = await readLibrary(folder);
  });

  const onlyWith = (path: string): ModuleLibrary => {
    const modules = new Map(
      [...all.modules].filter(([name]) => name === path || name.startsWith('submodules/')),
    );
    return { ...all, modules, problems: [] };
  };
  const run = (path: string, input: Partial<PersonInput> = {}): Trajectory =>
    live(compiled(onlyWith(path)), 400, input, 'upstream');

  it.each(Object.entries(expected))('%s records what it says, when it says', (path, rows) => {
    expect(recorded(run(path))).toEqual(rows);
  });

  it.each(Object.entries(lastStates))('%s ends in %s', (path, last) => {
    const modules = compiled(onlyWith(path));
    const seen: string[] = [];
    live(modules, 400, {}, 'upstream', {
      moved: (_, _exited, next) => seen.push(modules.names.states.name(next.name)),
    });
    expect(seen.at(-1)).toBe(last);
  });

  it.each(Object.entries(refusals))('%s is refused', (path, message) => {
    expect(() => compiled(onlyWith(path))).toThrow(message);
  });

  it('all of them are asserted here', () => {
    const asserted = [expected, lastStates, findings, refusals].flatMap((one) => Object.keys(one));
    expect([...new Set([...asserted, ...alone])].sort()).toEqual(
      // Submodules are run by those that call them.
      [...all.modules.keys()].filter((path) => !path.startsWith('submodules/')).sort(),
    );
  });

  it.each(Object.entries(findings))('%s is found wrong', (path, messages) => {
    const { problems } = compileModules({ library: onlyWith(path), natives: [], leaveOutBroken: true });
    const said = problems
      .filter(({ file }) => file === path)
      .map((problem) => `${problem.severity} ${problemText(problem).slice(path.length + 2)}`);
    for (const message of messages) expect(said).toContain(message);
  });

  it('a death that lies ahead lets the module go on until then', () => {
    const life = run('death_life_expectancy');
    const days = (life.person.death - birth) / day;
    expect(days).toBeGreaterThanOrEqual(120);
    expect(days).toBeLessThanOrEqual(150);
    expect(life.person.getByName('still_processing')).toBe(true);
    const visits = begun(life, life.record.encounters).filter((text) => text.startsWith('1234'));
    // A visit every nine or ten days, or a week later where a check-up holds the step.
    expect(visits.length).toBeGreaterThanOrEqual(8);
    expect(visits.length).toBeLessThanOrEqual(16);
    expect(Number(visits.at(-1)!.split('@')[1])).toBeLessThan(days);
  });

  it('shares that are named by attributes take the value, else the default', () => {
    const modules = compiled(onlyWith('distributed_transition_with_attrs'));
    const endOf = (index: number, attributes: PersonInput['attributes']): string => {
      const seen: string[] = [];
      const moved = (_: unknown, _exited: number, { name }: { readonly name: number }): void =>
        void seen.push(modules.names.states.name(name));
      live(modules, 7, { index, attributes }, 'upstream', { moved });
      return seen.at(-1)!;
    };
    const people = Array.from({ length: 400 }, (_, index) => index);
    const share = (attributes: PersonInput['attributes']): number =>
      people.filter((index) => endOf(index, attributes) === 'Terminal2').length / people.length;
    // Five standard deviations of a share of 400: sqrt(0.55 * 0.45 / 400) = 0.025.
    expect(Math.abs(share({}) - 0.55)).toBeLessThan(0.125);
    expect(share({ probability1: 0, probability2: 1 })).toBe(1);
    expect(share({ probability1: 1 })).toBe(0);
  });

  it('examplitis comes to men over 40, and is found at a check-up', () => {
    expect(run('example_module', { sex: 'F' }).transitions).toBe(1);
    const modules = compiled(onlyWith('example_module'));
    const found = Array.from({ length: 60 }, (_, index) =>
      live(modules, 60 * 365, { sex: 'M', index }, 'upstream'),
    ).flatMap((life) =>
      begun(life, life.record.conditions).map((text) => ({ life, at: Number(text.split('@')[1]) })),
    );
    expect(found.length).toBeGreaterThan(0);
    for (const { life, at } of found) {
      expect(at).toBeGreaterThan(40 * 365.25);
      expect(at).toBeLessThan(54 * 365.25);
      expect(begun(life, life.record.medications)).toEqual([`456@${at}`]);
    }
  });

  it('the last severity of a symptom counts, and one of two has a symptom of probability a half', () => {
    const ill = run('symptom').person;
    expect(ill.symptoms.value(ill.names.symptoms.find('Chest Pain'))).toBe(96);
    const modules = compiled(onlyWith('symptom50'));
    const headaches = Array.from({ length: 400 }, (_, index) => {
      const { person } = live(modules, 7, { index }, 'upstream');
      return person.symptoms.value(person.names.symptoms.find('Headache'));
    });
    expect(new Set(headaches)).toEqual(new Set([0, 1]));
    // Five standard deviations of a share of 400: sqrt(0.25 / 400) = 0.025.
    expect(Math.abs(headaches.filter((value) => value === 1).length / 400 - 0.5)).toBeLessThan(0.125);
  });

  it('death comes at its own moment, also within a delay or a procedure', () => {
    expect(run('delay_time_travel').person.death).toBe(birth + 5 * day);
    expect(run('death_during_delay').person.death).toBe(birth + 9 * day);
    const operated = run('procedure_duration_and_death');
    expect(operated.person.death).toBe(operated.record.procedures.stop.at(0));
    const days = (operated.person.death - birth) / day;
    expect(days).toBeGreaterThan(8);
    expect(days).toBeLessThan(9);
  });

  it('men wait where a guard lets women pass', () => {
    expect(run('guard', { sex: 'F' }).transitions).toBe(2);
    expect(run('guard', { sex: 'M' }).transitions).toBe(1);
  });

  it('attributes are set, taken away and worked out', () => {
    const { person } = run('set_attribute');
    expect(person.getByName('Current Opioid Prescription')).toBeUndefined();
    expect(person.getByName('Maximum Heart Rate')).toBe(220);
    expect(person.getByName('ECG')).toMatch(/^2041 2043/);
  });

  it('what ended has its end, whether by state, attribute or code', () => {
    for (const [path, table] of [
      ['condition_end', 'conditions'],
      ['medication_end', 'medications'],
      ['careplan_end', 'carePlans'],
    ] as const) {
      const { stop } = run(path).record[table];
      expect(Array.from({ length: 3 }, (_, row) => stop.at(row))).toEqual([birth, birth, birth]);
    }
  });
});
