import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describeWithShared } from '../../../test/support/shared-data.js';
import type { Column } from '../table/table.js';
import { ksComplement } from './ks-complement.js';
import { categoryCounts, presentValues } from './present-values.js';
import { tvComplement } from './tv-complement.js';

type Cell = number | string | boolean | null;
interface EdgeCase {
  metric: string;
  input: { real: Cell[]; synthetic: Cell[] };
  expected: number | null | { error: string };
}
type Expected = Record<string, { sdtype: string; KSComplement?: number; TVComplement?: number }>;

function textOrNull(text: string): string | null {
  return text === '' ? null : text;
}

function numbers(cells: readonly Cell[]): Float64Array {
  return Float64Array.from(cells.filter((cell) => cell !== null).map(Number));
}

function counts(cells: readonly Cell[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const cell of cells) if (cell !== null) found.set(String(cell), (found.get(String(cell)) ?? 0) + 1);
  return found;
}

describeWithShared('the complements of SDMetrics', 'metric-vectors', (folder) => {
  const { cases } = JSON.parse(readFileSync(`${folder}/sdmetrics-edge-cases.json`, 'utf8')) as {
    cases: EdgeCase[];
  };
  const ours = cases.filter(({ metric }) => metric === 'KSComplement' || metric === 'TVComplement');

  it.each(ours.map((edge) => [edge.metric, JSON.stringify(edge.input), edge] as const))(
    '%s of %s',
    (_, __, edge) => {
      const { real, synthetic } = edge.input;
      const found =
        edge.metric === 'KSComplement'
          ? ksComplement(numbers(real), numbers(synthetic))
          : tvComplement(counts(real), counts(synthetic));
      if (typeof edge.expected === 'number') expect(found).toBeCloseTo(edge.expected, 12);
      else expect(found).toBeNaN();
    },
  );

  it.each(['breast-cancer', 'mixed'])('every column of %s', (table) => {
    const read = (name: string): Map<string, (string | null)[]> => {
      const [header, ...rows] = readFileSync(`${folder}/${table}/${name}.csv`, 'utf8').trim().split(/\r?\n/);
      const cells = rows.map((row) => row.split(','));
      return new Map(
        header!.split(',').map((column, at) => [column, cells.map((row) => textOrNull(row[at]!))]),
      );
    };
    const [real, synthetic] = [read('real'), read('synthetic')];
    const { columns } = JSON.parse(readFileSync(`${folder}/${table}/expected.json`, 'utf8')) as {
      columns: Expected;
    };
    let compared = 0;
    for (const [name, expected] of Object.entries(columns)) {
      const [left, right] = [real.get(name)!, synthetic.get(name)!];
      const parse = (cells: (string | null)[]): Float64Array =>
        expected.sdtype === 'datetime'
          ? Float64Array.from(
              cells
                .filter((cell) => cell !== null)
                .map((cell) => Date.parse(`${cell.replace(' ', 'T')}Z`) || Date.parse(cell)),
            )
          : numbers(cells);
      if (expected.KSComplement !== undefined)
        expect(ksComplement(parse(left), parse(right))).toBeCloseTo(expected.KSComplement, 9);
      if (expected.TVComplement !== undefined)
        expect(tvComplement(counts(left), counts(right))).toBeCloseTo(expected.TVComplement, 9);
      if (expected.KSComplement !== undefined || expected.TVComplement !== undefined) compared += 1;
    }
    expect(compared).toBe(table === 'mixed' ? 18 : 31);
  });
});

describe('ksComplement', () => {
  it('is symmetric, within 0 and 1, 1 of a sample and itself, and leaves its arguments as they were', () => {
    const sample = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 });
    fc.assert(
      fc.property(sample, sample, (left, right) => {
        const [a, b] = [Float64Array.from(left), Float64Array.from(right)];
        const score = ksComplement(a, b);
        expect(score).toBe(ksComplement(b, a));
        expect(score >= 0 && score <= 1).toBe(true);
        expect(ksComplement(a, a)).toBe(1);
        expect([...a]).toEqual(left);
      }),
    );
  });
});

describe('the values of a column that are not missing', () => {
  const missing = Uint8Array.of(0b0000_0010, 0b0000_0001);

  it('are taken in row order', () => {
    const column: Extract<Column, { kind: 'number' }> = {
      kind: 'number',
      values: Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
      missing,
    };
    expect([...presentValues(column)]).toEqual([1, 3, 4, 5, 6, 7, 8, 10]);
  });

  it('are counted by category, unused categories left out', () => {
    const codes = Int32Array.from([0, 1, 0, 1, 0, 0, 0, 0, 1, 0]);
    const column: Extract<Column, { kind: 'category' }> = {
      kind: 'category',
      codes,
      dictionary: ['x', 'y', 'z'],
      missing,
    };
    expect(categoryCounts(column)).toEqual(
      new Map([
        ['x', 7],
        ['y', 1],
      ]),
    );
  });
});
