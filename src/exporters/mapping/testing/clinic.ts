/** A mapping of three related tables that uses most of the language; the test may say what becomes of conflicts. */
export function clinicMapping(conflicts: 'leave-out' | 'refuse' = 'leave-out'): string {
  return `
version: 1
title: A clinic
conflicts: ${conflicts}
${valueMaps}${tables}`;
}

const valueMaps = `valueMaps:
  sex: { gives: sex, values: { F: female, M: male }, without: [U] }
  class: { gives: encounter-class, values: { in: inpatient, out: outpatient } }
  test:
    gives: coded
    system: LOINC
    values: { K: { code: 2823-3, display: Potassium } }
  unit: { gives: unit, values: { mmol: mmol/L } }
  smoking: { gives: boolean, values: { yes: true, no: false } }
`;

const tables = `tables:
  - name: people
    missing: ['NA']
    key: person
    person:
      sex: { column: sex, map: sex }
      birth: { column: born, form: date }
      moments: { enrolment: { column: enrolled } }
    death: { at: { column: died } }
    events:
      - kind: observation
        category: social-history
        code: { system: SNOMED, code: '77176002' }
        value: { column: smoker, map: smoking }
        start: { moment: enrolment, plus: { amount: 2, unit: weeks } }
  - name: visits
    key: person
    encounter:
      key: visit
      class: { column: class, map: class }
      start: { column: from }
      end: { column: to }
    events:
      - kind: condition
        code: { column: diagnosis, system: ICD-10, pattern: '[A-Z]\\d{2}(\\.\\d)?' }
        start: { at: encounter-start }
        end: { at: encounter-end }
  - name: results
    key: person
    events:
      - kind: observation
        category: laboratory
        code: { column: test, map: test }
        value: { column: value, as: number, unitFrom: { column: unit, map: unit } }
        start: { column: day }
        encounter: { column: visit }
`;
