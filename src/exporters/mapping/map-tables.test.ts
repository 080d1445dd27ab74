import { clinicMapping } from './testing/clinic.js';
import { mapTexts } from './testing/map-texts.js';
import type { TextTable } from './testing/map-texts.js';
import { breaches } from './testing/record-laws.js';

const people: TextTable = {
  ...{ person: ['B-77', 'A-12'], sex: ['F', 'M'], born: ['1950-03-01', '1960-01-31'] },
  ...{ enrolled: ['2001-01-01', 'NA'], died: ['2005-06-07', ''], smoker: ['yes', 'no'] },
};
const visits: TextTable = {
  ...{ person: ['A-12', 'B-77'], visit: ['v1', 'v2'], class: ['in', 'out'] },
  ...{ from: ['2003-02-03', '2004-01-01'], to: ['2003-02-09', '2004-01-01'], diagnosis: ['I10', 'E11.9'] },
};
const results: TextTable = {
  ...{ person: ['B-77', 'B-77'], visit: ['v2', ''], test: ['K', 'K'], value: ['4.5', '<3'] },
  ...{ unit: ['mmol', 'mmol'], day: ['2004-01-01', '2002-12-31'] },
};
const clinic = { people, visits, results };
const day = (text: string): object => ({ ms: Date.parse(`${text}T00:00Z`), precision: 'day' });

describe('mapped tables', () => {
  it('become records: persons in the order of their table, what is theirs joined by the key', async () => {
    const { records } = await mapTexts(clinicMapping(), clinic);
    expect(breaches(records)).toEqual([]);
    expect(records[0]).toEqual({
      person: {
        ...{ key: 'p1', sex: 'female', birth: day('1950-03-01'), identifiers: [] },
        death: { at: day('2005-06-07') },
      },
      encounters: [
        {
          ...{ key: 'p1/e0', class: 'outpatient', start: day('2004-01-01'), end: day('2004-01-01') },
          ...{ codes: [], stays: [] },
        },
      ],
      events: [
        {
          ...{ kind: 'observation', category: 'social-history', key: 'p1/v0', start: day('2001-01-15') },
          codes: [{ system: 'http://snomed.info/sct', code: '77176002' }],
          ...{ value: { kind: 'boolean', boolean: true }, components: [] },
        },
        {
          ...{ kind: 'observation', category: 'laboratory', key: 'p1/v3', start: day('2002-12-31') },
          codes: [{ system: 'http://loinc.org', code: '2823-3', display: 'Potassium' }],
          value: {
            kind: 'quantity',
            quantity: { value: 3, comparator: '<', unit: 'mmol/L', isUcum: true },
          },
          components: [],
        },
        {
          ...{ kind: 'condition', key: 'p1/v1', encounter: 'p1/e0' },
          ...{ start: day('2004-01-01'), end: day('2004-01-01') },
          codes: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'E11.9' }],
        },
        {
          ...{ kind: 'observation', category: 'laboratory', key: 'p1/v2', start: day('2004-01-01') },
          ...{
            encounter: 'p1/e0',
            codes: [{ system: 'http://loinc.org', code: '2823-3', display: 'Potassium' }],
          },
          value: { kind: 'quantity', quantity: { value: 4.5, unit: 'mmol/L', isUcum: true } },
          components: [],
        },
      ],
    });
    expect(records[1]?.person).toMatchObject({ key: 'p2', sex: 'male' });
  });

  it('say nothing that the cells do not: what is missing gives no event', async () => {
    const { records, coverage } = await mapTexts(clinicMapping(), clinic);
    expect(records[1]?.events.map(({ kind }) => kind)).toEqual(['condition']);
    expect(coverage.tables[0]).toMatchObject({ name: 'people', rows: 2, rowsWithoutEvent: 1 });
  });

  it('keep no key of a table', async () => {
    const { records } = await mapTexts(clinicMapping(), clinic);
    expect(JSON.stringify(records)).not.toMatch(/A-12|B-77|"v[12]"/);
  });

  it('are counted: columns, values that nobody mapped, codes that are none', async () => {
    const { coverage } = await mapTexts(clinicMapping(), {
      ...clinic,
      people: { ...people, sex: ['X', 'U'], shoe: ['42', '43'] },
      visits: { ...visits, diagnosis: ['I10', 'none'] },
      other: { a: ['1'] },
    });
    expect(coverage.tables[0]).toMatchObject({ columnsUnmapped: ['shoe'] });
    expect(coverage.tablesUnmapped).toEqual(['other']);
    expect(coverage.valueMaps.find(({ column }) => column === 'sex')?.values).toEqual([
      { value: 'U', count: 1, verdict: 'without' },
      { value: 'X', count: 1, verdict: 'not covered' },
    ]);
    expect(coverage.valueMaps.find(({ column }) => column === 'diagnosis')?.values).toEqual([
      { value: 'none', count: 1, verdict: 'not covered' },
    ]);
    expect(coverage.events).toEqual({ observation: 3, condition: 1 });
  });

  const broken: [string, Record<string, TextTable>, string, string][] = [
    ['an event after death', { people: { ...people, died: ['2003-01-01', ''] } }, 'visits', 'after death'],
    [
      'one before birth',
      { people: { ...people, born: ['2002-01-01', '1960-01-31'] } },
      'people',
      'before birth',
    ],
    [
      'a stay that ends first',
      { visits: { ...visits, to: ['2003-01-01', '2004-01-01'] } },
      'visits',
      'ends before it starts',
    ],
    [
      'nobody to belong to',
      { results: { ...results, person: ['?', 'B-77'] } },
      'results',
      'row of no person',
    ],
    [
      'an encounter that is not there',
      { results: { ...results, visit: ['v9', ''] } },
      'results',
      'encounter not found',
    ],
    ['no birth', { people: { ...people, born: ['1950-03-01', 'NA'] } }, 'people', 'person without birth'],
    [
      'death before birth',
      { people: { ...people, died: ['1950-02-28', ''] } },
      'people',
      'death before birth',
    ],
    [
      'an end after death',
      { visits: { ...visits, to: ['2003-02-09', '2006-01-01'] } },
      'visits',
      'end brought to the death',
    ],
    [
      'one key for two encounters',
      { visits: { ...visits, person: ['B-77', 'B-77'], visit: ['v2', 'v2'] } },
      'visits',
      'second encounter of its key',
    ],
  ];
  it.each(broken)(
    'with %s are left out and counted, or refused with table and row',
    async (_, change, table, reason) => {
      const { records, coverage } = await mapTexts(clinicMapping(), { ...clinic, ...change });
      expect(breaches(records)).toEqual([]);
      expect(coverage.leftOut).toContainEqual(expect.objectContaining({ table, reason }));
      await expect(mapTexts(clinicMapping('refuse'), { ...clinic, ...change })).rejects.toThrow(
        new RegExp(`^Table "${table}", row \\d.*: ${reason}`),
      );
    },
  );

  const unreadable: [string, Record<string, TextTable>, string][] = [
    [
      'a number',
      { results: { ...results, value: ['4.5', 'much'] } },
      'Table "results", row 2, column "value": the cell is no number.',
    ],
    [
      'a day',
      { visits: { ...visits, from: ['2003-02-03', '2003-02-30'] } },
      'Table "visits", row 2, column "from": the cell is no date.',
    ],
    [
      'a key',
      { people: { ...people, person: ['', 'A-12'] } },
      'Table "people", row 1, column "person": there is no key',
    ],
  ];
  it.each(unreadable)(
    'with a cell that is not %s are refused with table, row and column',
    async (_, change, message) => {
      await expect(mapTexts(clinicMapping(), { ...clinic, ...change })).rejects.toThrow(message);
    },
  );
});

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
