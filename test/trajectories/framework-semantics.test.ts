import type { JsonObject } from '../../src/generators/trajectories/library/fields.js';
import type { Trajectory } from '../../src/generators/trajectories/simulate-person.js';
import { begun, birth, compiled, day, libraryOf, live } from '../support/trajectories/one-module.js';

const end = { type: 'Terminal' };
const delay = (quantity: number, unit: string, target: string): JsonObject => ({
  ...{ type: 'Delay', exact: { quantity, unit }, direct_transition: target },
});
const code = (text: string): JsonObject => ({ system: 'SNOMED-CT', code: text, display: text });
const encounter = (text: string, target: string): JsonObject => ({
  ...{ type: 'Encounter', encounter_class: 'ambulatory', codes: [code(text)], direct_transition: target },
});
const encounterEnd = (target: string): JsonObject => ({ type: 'EncounterEnd', direct_transition: target });
const own = (life: Trajectory): string[] =>
  begun(life, life.record.encounters).filter((text) => !/^(410620009|162673000)@/.test(text));

describe('time:', () => {
  it('delays shorter than a step all end at their own moments', () => {
    const modules = compiled(
      libraryOf({
        m: {
          Initial: { type: 'Initial', direct_transition: 'D1' },
          D1: delay(2, 'days', 'E1'),
          E1: encounter('one', 'X1'),
          X1: encounterEnd('D2'),
          D2: delay(36, 'hours', 'E2'),
          E2: encounter('two', 'X2'),
          X2: encounterEnd('End'),
          End: end,
        },
      }),
    );
    expect(own(live(modules, 15))).toEqual(['one@2', 'two@3.5']);
  });

  it('a year is 365.25 days by quantity, cut to days, and 365 by distribution, cut to whole years', () => {
    const waits = (wait: JsonObject): number => {
      const modules = compiled(
        libraryOf({
          m: {
            Initial: { type: 'Initial', direct_transition: 'Wait' },
            Wait: { type: 'Delay', direct_transition: 'E', ...wait },
            E: encounter('e', 'X'),
            X: encounterEnd('End'),
            End: end,
          },
        }),
      );
      return Number(own(live(modules, 1000))[0]!.split('@')[1]);
    };
    expect(waits({ exact: { quantity: 1, unit: 'years' } })).toBe(365);
    expect(waits({ exact: { quantity: 2, unit: 'years' } })).toBe(730);
    expect(waits({ exact: { quantity: 1.5, unit: 'years' } })).toBe(547);
    expect(waits({ distribution: { kind: 'EXACT', parameters: { value: 1.9 } }, unit: 'years' })).toBe(365);
  });

  it('a guard opens in the step in which a later module finds what an earlier one wrote, or in the next one', () => {
    const writer = {
      Initial: { type: 'Initial', direct_transition: 'D' },
      D: delay(10, 'days', 'Set'),
      Set: { type: 'SetAttribute', attribute: 'open', value: true, direct_transition: 'End' },
      End: end,
    };
    const reader = {
      Initial: { type: 'Initial', direct_transition: 'G' },
      G: {
        type: 'Guard',
        allow: { condition_type: 'Attribute', attribute: 'open', operator: 'is not nil' },
        direct_transition: 'E',
      },
      E: encounter('seen', 'X'),
      X: encounterEnd('End'),
      End: end,
    };
    expect(own(live(compiled(libraryOf({ a: writer, b: reader })), 60))).toEqual(['seen@14']);
    expect(own(live(compiled(libraryOf({ b: writer, a: reader })), 60))).toEqual(['seen@21']);
  });

  it('a guard on age opens in the first step after the birthday, and one on a date likewise', () => {
    const guarded = (allow: JsonObject): string[] => {
      const modules = compiled(
        libraryOf({
          m: {
            Initial: { type: 'Initial', direct_transition: 'G' },
            G: { type: 'Guard', allow, direct_transition: 'E' },
            E: { type: 'ConditionOnset', codes: [code('e')], direct_transition: 'End' },
            End: end,
          },
        }),
      );
      const life = live(modules, 1500);
      return begun(life, life.record.conditions);
    };
    const firstStepFrom = (moment: number): number => 7 * Math.ceil((moment - birth) / day / 7);
    expect(guarded({ condition_type: 'Age', operator: '>=', quantity: 2, unit: 'years' })).toEqual([
      `e@${firstStepFrom(Date.UTC(1992, 0, 1))}`,
    ]);
    expect(guarded({ condition_type: 'Age', operator: '>', quantity: 2, unit: 'months' })).toEqual([
      `e@${firstStepFrom(Date.UTC(1990, 3, 1))}`,
    ]);
    expect(guarded({ condition_type: 'Date', operator: '==', year: 1993 })).toEqual([
      `e@${firstStepFrom(Date.UTC(1993, 0, 1))}`,
    ]);
    expect(
      guarded({
        condition_type: 'Not',
        condition: { condition_type: 'Date', operator: '<=', date: { year: 1991, month: 3, day: 5 } },
      }),
    ).toEqual([`e@${firstStepFrom(Date.UTC(1991, 2, 5))}`]);
  });
});

describe('encounters:', () => {
  const stay = (from: number, days: number): Record<string, JsonObject> => ({
    Initial: { type: 'Initial', direct_transition: 'Before' },
    Before: delay(from, 'days', 'E'),
    E: encounter(`stay-${from}`, 'Within'),
    Within: delay(days, 'days', 'X'),
    X: encounterEnd('End'),
    End: end,
  });

  it('one module at a time: the other waits until the first has left', () => {
    expect(own(live(compiled(libraryOf({ a: stay(7, 30), b: stay(14, 1) })), 90))).toEqual([
      'stay-7@7',
      'stay-14@42',
    ]);
  });

  it('an open one keeps the calendar from opening a visit', () => {
    const life = live(compiled(libraryOf({ a: stay(7, 365) })), 400);
    const visits = begun(life, life.record.encounters).filter((text) => text.startsWith('410620009'));
    expect(visits.map((text) => Number(text.split('@')[1])).filter((at) => at > 7 && at < 372)).toEqual([]);
  });

  it('have a shortest length, and last as long as what is done in them', () => {
    const modules = compiled(
      libraryOf({
        m: {
          Initial: { type: 'Initial', direct_transition: 'E' },
          E: { ...encounter('e', 'X'), encounter_class: 'emergency' },
          X: encounterEnd('E2'),
          E2: encounter('long', 'P'),
          P: {
            type: 'Procedure',
            codes: [code('p')],
            duration: { low: 90, high: 90, unit: 'minutes' },
            direct_transition: 'X2',
          },
          X2: encounterEnd('End'),
          End: end,
        },
      }),
    );
    const { encounters } = live(modules, 20).record;
    const minutes = Array.from(
      { length: encounters.count },
      (_, row) => (encounters.stop.at(row) - encounters.start.at(row)) / 60_000,
    );
    // The check-up at birth closes at the end of its step; the module begins in the next one.
    expect(minutes.slice(1, 3)).toEqual([60, 90]);
  });

  it('a condition is found by the encounter that its target names', () => {
    const modules = compiled(
      libraryOf({
        m: {
          Initial: {
            type: 'ConditionOnset',
            codes: [code('c')],
            target_encounter: 'E',
            assign_to_attribute: 'c',
            direct_transition: 'D',
          },
          D: delay(20, 'days', 'Other'),
          Other: encounter('other', 'X'),
          X: encounterEnd('D2'),
          D2: delay(5, 'days', 'E'),
          E: encounter('target', 'X2'),
          X2: encounterEnd('End'),
          End: end,
        },
      }),
    );
    const life = live(modules, 60);
    expect(begun(life, life.record.conditions)).toEqual(['c@25']);
  });
});

describe('the record:', () => {
  it('what is present is not begun again; an administered medication stops at once; chronic ones are renewed', () => {
    const order = (text: string, target: string, rest: JsonObject): JsonObject => ({
      type: 'MedicationOrder',
      codes: [{ ...code(text), system: 'RxNorm' }],
      direct_transition: target,
      ...rest,
    });
    const modules = compiled(
      libraryOf({
        m: {
          Initial: { type: 'Initial', direct_transition: 'A' },
          A: order('given', 'B', { administration: true }),
          B: order('daily', 'C', { chronic: true, prescription: { refills: 2 } }),
          C: order('daily', 'V', { chronic: true }),
          V: { type: 'Encounter', wellness: true, direct_transition: 'X' },
          X: encounterEnd('V2'),
          V2: { type: 'Encounter', wellness: true, direct_transition: 'End' },
          End: end,
        },
      }),
    );
    const life = live(modules, 45);
    const { medications } = life.record;
    expect(begun(life, medications)).toEqual(['given@0', 'daily@0', 'daily@0', 'daily@35']);
    expect(medications.stop.at(0)).toBe(medications.start.at(0));
    expect([medications.stop.at(2), medications.stop.at(3)]).toEqual([birth + 35 * day, NaN]);
    expect(medications.prescription.at(3)).toBe(medications.prescription.at(1));
  });

  it('what was given on the spot acts until somebody takes it out', () => {
    const modules = compiled(
      libraryOf({
        m: {
          Initial: { type: 'Initial', direct_transition: 'Implant' },
          Implant: {
            type: 'MedicationOrder',
            codes: [{ ...code('implant'), system: 'RxNorm' }],
            administration: true,
            assign_to_attribute: 'implant',
            direct_transition: 'Wait',
          },
          Wait: { type: 'Delay', exact: { quantity: 20, unit: 'days' }, direct_transition: 'Out' },
          Out: { type: 'MedicationEnd', referenced_by_attribute: 'implant', direct_transition: 'End' },
          End: end,
        },
      }),
    );
    const { medications } = live(modules, 45).record;
    expect([medications.start.at(0), medications.stop.at(0)]).toEqual([birth, birth + 20 * day]);
  });

  it('a dose on the spot does not keep the next one away', () => {
    const dose = (target: string): JsonObject => ({
      type: 'MedicationOrder',
      codes: [{ ...code('fluoride'), system: 'RxNorm' }],
      administration: true,
      direct_transition: target,
    });
    const modules = compiled(
      libraryOf({
        m: {
          Initial: { type: 'Initial', direct_transition: 'First' },
          First: dose('Wait'),
          Wait: delay(20, 'days', 'Second'),
          Second: dose('End'),
          End: end,
        },
      }),
    );
    const life = live(modules, 45);
    expect(begun(life, life.record.medications)).toEqual(['fluoride@0', 'fluoride@20']);
  });
});
