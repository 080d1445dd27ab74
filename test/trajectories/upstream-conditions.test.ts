import type { JsonObject } from '../../src/generators/trajectories/library/fields.js';
import { readLibrary } from '../../src/generators/trajectories/library/read-library.js';
import type { PersonInput } from '../../src/generators/trajectories/person/person.js';
import { describeWithShared } from '../support/shared-data.js';
import { compiled, libraryOf, live } from '../support/trajectories/one-module.js';

const someone = {
  race: 'white',
  ethnicity: 'english',
  state: 'Massachusetts',
  socioeconomic_category: 'Middle',
};
const at = (date: string): Partial<PersonInput> => ({ birth: Date.parse(date) });

/** Who is asked on the day of birth, and what is so. */
const logic: readonly (readonly [Readonly<Record<string, boolean>>, Partial<PersonInput>])[] = [
  [
    {
      ...{ trueTest: true, falseTest: false, genderIsMaleTest: true },
      ...{ ageLt40Test: true, ageLte40Test: true, ageEq40Test: false, ageGte40Test: false },
      ...{ ageGt40Test: false, ageNe40Test: true },
      ...{ priorStateDoctorVisitTest: false, priorStateCarePlanSinceDoctorVisitTest: false },
      priorStateDoctorVisitWithin3YearsTest: false,
      priorStateCarePlanSinceDoctorVisitWithin3YearsTest: false,
      ...{ sesHighTest: false, sesMiddleTest: true, sesLowTest: false },
      ...{ raceExistsTest: true, raceDoesNotExistTest: false },
      ...{ before2016Test: true, after2000Test: false, beforeSeptemberTest: true, afterAprilTest: false },
      ...{ inJulyTest: false, isHalloween2007Test: false },
      ...{ beforeChristmas2016Test: true, afterIndependenceDay2000Test: false },
      ...{ attributeEqualTo_TestValue_Test: false, attributeNilTest: true, attributeNotNilTest: false },
      ...{ symptomPainLevelGt50: false, symptomPainLevelLte80: true },
      hasDiabetesObservation: false,
      ...{ diabetesConditionTest: false, penicillinAllergyTest: false, alzheimersConditionTest: false },
      ...{ diabetesCarePlanTest: false, anginaCarePlanTest: false },
      ...{ andAllTrueTest: true, andOneFalseTest: false, andAllFalseTest: false },
      ...{ orAllTrueTest: true, orOneTrueTest: true, orAllFalseTest: false },
      ...{ atLeast3_AllTrueTest: true, atLeast3_3TrueTest: true, atLeast3_2TrueTest: false },
      ...{ atLeast3_NoneTrueTest: false, atMost2_AllTrueTest: false, atMost2_3TrueTest: false },
      ...{ atMost2_2TrueTest: true, atMost2_NoneTrueTest: true, notTrueTest: false, notFalseTest: true },
    },
    { sex: 'M' },
  ],
  [
    { isHalloween2007Test: true, inJulyTest: false, beforeSeptemberTest: false, afterAprilTest: true },
    at('2007-10-31'),
  ],
  [
    { inJulyTest: true, before2016Test: false, after2000Test: true, beforeChristmas2016Test: false },
    at('2017-07-01'),
  ],
  [
    { beforeChristmas2016Test: true, afterIndependenceDay2000Test: true, genderIsMaleTest: false },
    at('2016-12-25'),
  ],
  [
    { attributeEqualTo_TestValue_Test: true, attributeLt_String_Test: true, attributeNotNilTest: true },
    { attributes: { ...someone, Test_Attribute_Key: 'TestValue' } },
  ],
  [{ attributeLt_String_Test: false }, { attributes: { ...someone, Test_Attribute_Key: 'V' } }],
  [{ attributeGt100Test: true }, { attributes: { ...someone, Test_Attribute_Key: 120 } }],
  [{ attributeGt100Test: false }, { attributes: { ...someone, Test_Attribute_Key: 100 } }],
];

/** Values that are compared with are missing. */
const throwing = ['mmseObservationGt22', 'ObservationEqValueCode'];

describeWithShared('the conditions of the upstream tests', 'synthea-modules/test-modules', (folder) => {
  it('each condition of a list answers as its name says', async () => {
    const conditions = (await readLibrary(folder)).modules.get('logic')!;
    const holds = (name: string, input: Partial<PersonInput>): boolean => {
      const states = {
        Initial: {
          type: 'Initial',
          conditional_transition: [{ condition: conditions[name], transition: 'Yes' }, { transition: 'No' }],
        },
        ...{ Yes: { type: 'Terminal' }, No: { type: 'Terminal' } },
      } as unknown as Record<string, JsonObject>;
      const seen: string[] = [];
      const one = compiled(libraryOf({ m: states }));
      const moved = (_: unknown, _exited: number, { name: at }: { readonly name: number }): void =>
        void seen.push(one.names.states.name(at));
      live(one, 1, input, 'upstream', { moved });
      return seen.at(-1) === 'Yes';
    };
    for (const [names, input] of logic)
      for (const [name, isSo] of Object.entries(names))
        expect([name, holds(name, input)]).toEqual([name, isSo]);
    const asked = logic.flatMap(([names]) => Object.keys(names));
    const drawn = 'SystolicBloodPressureGt120';
    expect(Object.keys(conditions).filter((name) => ![...asked, ...throwing, drawn].includes(name))).toEqual(
      [],
    );
    for (const name of throwing) expect(() => holds(name, {})).toThrow('there is no such observation');
    expect(new Set(Array.from({ length: 20 }, (_, index) => holds(drawn, { index })))).toEqual(
      new Set([true, false]),
    );
  });
});
