import type { ModuleLibrary } from '../../src/generators/trajectories/library/module-library.js';
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
  death_during_delay: ['encounters 1234@7'],
  death_reason: [
    ...['encounters 308646001@0', 'conditions 73211009@0', 'reports 69409-1@0', 'observations 69453-9@0'],
  ],
  delay: [],
  delay_time_travel: ['encounters 50849002@2'],
  encounter_with_submodule: ['encounters 1234@7', 'encounters 9876@7', 'conditions 5678@7'],
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
  vaccine: ['encounters 1234@7', 'immunizations 123@7'],
};

const lastStates: Readonly<Record<string, string>> = {
  complex_transition: 'TerminalF2',
  conditional_transition: 'Terminal2',
  direct_transition: 'Terminal',
  distributed_transition: 'Terminal2',
  gaussian_distro_delay: 'Terminal',
  history: 'Terminal',
  incomplete_conditional_transition: 'Terminal1',
  initial_to_terminal: 'Terminal',
  virtual_medicine_transition: 'Terminal1',
};

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

  const alone = (path: string): ModuleLibrary => {
    const modules = new Map(
      [...all.modules].filter(([name]) => name === path || name.startsWith('submodules/')),
    );
    return { ...all, modules, problems: [] };
  };
  const run = (path: string, input: Partial<PersonInput> = {}): Trajectory =>
    live(compiled(alone(path)), 400, input, 'upstream');

  it.each(Object.entries(expected))('%s records what it says, when it says', (path, rows) => {
    expect(recorded(run(path))).toEqual(rows);
  });

  it.each(Object.entries(lastStates))('%s ends in %s', (path, last) => {
    const modules = compiled(alone(path));
    const seen: string[] = [];
    live(modules, 400, {}, 'upstream', {
      moved: (_, _exited, next) => seen.push(modules.names.states.name(next.name)),
    });
    expect(seen.at(-1)).toBe(last);
  });

  it.each(Object.entries(refusals))('%s is refused', (path, message) => {
    expect(() => compiled(alone(path))).toThrow(message);
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
