import * as fc from 'fast-check';
import { MappedRowError } from './mapping-error.js';
import { clinicMapping } from './testing/clinic.js';
import { mapTexts } from './testing/map-texts.js';
import type { TextTable } from './testing/map-texts.js';
import { breaches } from './testing/record-laws.js';

/** Few of each, so that rows meet: days on both sides of births and deaths, keys that dangle, cells that are missing. */
const key = fc.constantFrom('KEY-1', 'KEY-2', 'KEY-3');
const visit = fc.constantFrom('VISIT-1', 'VISIT-2', 'VISIT-3', '');
const day = fc.constantFrom('1999-12-31', '2000-01-01', '2000-01-02', '2001-06-30', '2003-01-01', '');
const born = fc.constantFrom('1950-01-01', '1950-01-01', '2000-01-01', 'NA');
const died = fc.constantFrom('', '', '', '2000-01-01', '2002-02-02', '1940-01-01');

const tables = fc.record({
  people: rows({
    ...{ person: key, sex: fc.constantFrom('F', 'M', 'U', 'X', ''), born, enrolled: day, died },
    smoker: fc.constantFrom('yes', 'no', 'often', ''),
  }),
  visits: rows({
    ...{ person: fc.oneof(key, fc.constantFrom('KEY-9', '')), visit, from: day, to: day },
    ...{ class: fc.constantFrom('in', 'out', ''), diagnosis: fc.constantFrom('I10', 'E11.9', 'none', '') },
  }),
  results: rows({
    ...{ person: key, visit, day, test: fc.constantFrom('K', 'Na', ''), unit: fc.constantFrom('mmol', '') },
    value: fc.constantFrom('4', '<3.5', '-1e3', ''),
  }),
});

function rows(cells: Readonly<Record<string, fc.Arbitrary<string>>>): fc.Arbitrary<TextTable> {
  const names = Object.keys(cells);
  return fc
    .array(fc.tuple(...Object.values(cells)), { minLength: 2, maxLength: 10 })
    .map((all) => Object.fromEntries(names.map((name, place) => [name, all.map((row) => row[place] ?? '')])));
}

describe('whatever the tables hold,', () => {
  it('records obey the laws of the model, keep no key, and are the same each time', async () => {
    let [events, cut] = [0, 0];
    await fc.assert(
      fc.asyncProperty(tables, async (set) => {
        const { records, coverage } = await mapTexts(clinicMapping(), set);
        expect(breaches(records)).toEqual([]);
        expect(JSON.stringify(records)).not.toMatch(/KEY|VISIT/);
        expect(await mapTexts(clinicMapping(), set)).toEqual({ records, coverage });
        expect(coverage.persons).toBe(records.length);
        const counted = Object.values(coverage.events).reduce((sum, count) => sum + count, 0);
        expect(counted).toBe(records.reduce((sum, record) => sum + record.events.length, 0));
        events += counted;
        cut += coverage.leftOut.length;
      }),
      { numRuns: 100 },
    );
    // The tables do make events and conflicts: the laws were not kept by emptiness.
    expect(events).toBeGreaterThan(100);
    expect(cut).toBeGreaterThan(100);
  });

  it('a mapping that refuses conflicts refuses exactly the tables of which another leaves something out', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async (set) => {
        const { records, coverage } = await mapTexts(clinicMapping('leave-out'), set);
        const refusing = mapTexts(clinicMapping('refuse'), set);
        if (coverage.leftOut.length > 0) await expect(refusing).rejects.toThrow(MappedRowError);
        else expect((await refusing).records).toEqual(records);
      }),
      { numRuns: 100 },
    );
  });
});
