import * as fc from 'fast-check';
import { selectRows } from './select-rows.js';
import { splitSubjects } from './split-subjects.js';
import type { Column } from './table.js';

const subjects = fc.array(fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e', '0', '1'), { nil: null }));

describe('a split of subjects', () => {
  it('puts every row on one side and no subject on both, half the subjects on each', () => {
    fc.assert(
      fc.property(subjects, fc.string(), (all, salt) => {
        const { train, holdout } = splitSubjects(all, salt);
        const key = (row: number): string => all[row] ?? `row ${row}`;
        const [learned, held] = [new Set([...train].map(key)), new Set([...holdout].map(key))];
        expect([...train, ...holdout].sort((a, b) => a - b)).toEqual([...all.keys()]);
        expect([...learned].filter((subject) => held.has(subject))).toEqual([]);
        expect([0, 1]).toContain(learned.size - held.size);
      }),
    );
  });

  it('follows from the subjects and the salt, not from the order of the rows', () => {
    const all = Array.from({ length: 40 }, (_, number) => `patient ${number}`);
    const learned = (rows: string[], salt: string): string[] =>
      [...splitSubjects(rows, salt).train].map((row) => rows[row] ?? '').sort();
    expect(learned([...all].reverse(), 'one')).toEqual(learned(all, 'one'));
    expect(learned(all, 'two')).not.toEqual(learned(all, 'one'));
  });
});

describe('selected rows', () => {
  it('are those rows, with what is missing in them', async () => {
    const missing = Uint8Array.of(0b0000_0010, 0b0000_0001);
    const values = [...Array(9).keys()];
    const columns: Record<string, Column> = {
      number: { kind: 'number', values: Float64Array.from(values), missing },
      date: { kind: 'date', values: Int32Array.from(values), missing },
      text: { kind: 'text', values: values.map(String), missing },
      category: {
        kind: 'category',
        codes: Int32Array.from(values),
        dictionary: Array.from('abcdefghi'),
        missing,
      },
    };
    const source = {
      rowCount: 9,
      columnNames: Object.keys(columns),
      column: (name: string) => {
        const column = columns[name];
        return column ? Promise.resolve(column) : Promise.reject(new Error(name));
      },
    };
    const selected = selectRows(source, Int32Array.of(8, 2, 1));
    expect(selected.rowCount).toBe(3);
    expect(await selected.column('number')).toEqual({
      kind: 'number',
      values: Float64Array.of(8, 2, 1),
      missing: Uint8Array.of(0b101),
    });
    expect(await selected.column('date')).toMatchObject({ values: Int32Array.of(8, 2, 1) });
    expect(await selected.column('text')).toMatchObject({ values: ['8', '2', '1'] });
    expect(await selected.column('category')).toMatchObject({ codes: Int32Array.of(8, 2, 1) });
  });
});
