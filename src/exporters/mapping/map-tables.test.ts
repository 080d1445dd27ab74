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
