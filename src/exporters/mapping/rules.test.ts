import { mapTexts } from './testing/map-texts.js';

const day = (text: string): object => ({ ms: Date.parse(`${text}T00:00Z`), precision: 'day' });

const oneTable = (person: string, rest = ''): string => `
version: 1
title: One table
conflicts: refuse
rules:
  age: { kind: age, says: so, at: 2000-07-01, band: middle }
  stays: { kind: one-after-another, says: so, first: 2000-07-01, gapDays: 10 }
tables:
  - name: t
    key: k
    mayLack: [k, rank]
    order: rank
    person: { sex: { is: unknown }, birth: ${person} }
    encounter: { class: { is: inpatient }, start: { rule: stays }, lengthOfStay: { column: days, unit: days } }
${rest}`;
const year = (number: number): object => ({ ms: Date.UTC(number, 0), precision: 'year' });

describe('what tables do not say', () => {
  it.each([
    ['{ column: age, form: age, rule: age }', '40', 1960],
    ['{ column: age, form: age, rule: age }', '40.2', 1960],
    ['{ column: age, form: age, rule: age }', '40.9', 1959],
    ['{ column: age, form: age-band, rule: age }', '[60-70)', 1935],
    ['{ column: age, form: year }', '1935', 1935],
  ])('is decided by a rule: birth %s of %s is in %d', async (birth, age, expected) => {
    const { records, coverage } = await mapTexts(oneTable(birth), {
      t: { k: ['a'], age: [age], days: ['1'] },
    });
    expect(records[0]?.person.birth).toEqual(year(expected));
    expect(coverage.tables[0]?.columnsLacking).toEqual(['rank']);
  });

  it('orders stays one after another, by the column that says so', async () => {
    const birth = '{ column: age, form: age, rule: age }';
    const t = { k: ['a', 'b', 'a'], rank: ['10', '1', '9'], age: ['1', '2', '3'], days: ['5', '1', '3'] };
    const { records, coverage } = await mapTexts(oneTable(birth), { t });
    expect(records[0]?.encounters.map(({ start, end }) => [start, end])).toEqual([
      [day('2000-07-01'), day('2000-07-04')],
      [day('2000-07-14'), day('2000-07-19')],
    ]);
    // The first row of a person by that order is the one that counts.
    expect(records[0]?.person.birth).toEqual(year(1997));
    expect(coverage.differing).toEqual([{ table: 't', column: 'age', persons: 1 }]);
    expect(coverage.rules.map(({ name, usedAt }) => [name, usedAt])).toEqual([
      ['age', ['tables[0].person.birth']],
      ['stays', ['tables[0].encounter.start']],
    ]);
  });

  it('makes every row a person where the table lacks the key that it may lack', async () => {
    const { records } = await mapTexts(oneTable('{ column: age, form: year }'), {
      t: { age: ['1950', '1950'], days: ['1', '2'] },
    });
    expect(records.map(({ person }) => person.key)).toEqual(['p1', 'p2']);
  });

  it('is once for each person where the mapping says so', async () => {
    const events = `    events:
      - { kind: procedure, of: person, code: { system: SNOMED, code: '1' }, start: { at: encounter-start } }
      - kind: medication-order
        isChronic: true
        start: { at: encounter-end }
        cells: [Up]
        explode:
          aspirin: { code: { system: RxNorm, code: '1191' } }
          digoxin: { code: { system: RxNorm, code: '3407' } }`;
    const t = {
      ...{ k: ['a', 'a'], age: ['1950', '1950'], days: ['1', '2'] },
      ...{ aspirin: ['Up', 'No'], digoxin: ['', 'Up'] },
    };
    const { records, coverage } = await mapTexts(oneTable('{ column: age, form: year }', events), { t });
    expect(records[0]?.events.map(({ kind, codes }) => [kind, codes[0]?.code])).toEqual([
      ['procedure', '1'],
      ['medication-order', '1191'],
      ['medication-order', '3407'],
    ]);
    expect(coverage.eventRules.map(({ column, count }) => [column, count])).toEqual([
      [null, 1],
      ['aspirin', 1],
      ['digoxin', 1],
    ]);
  });
});
