import fc from 'fast-check';
import { Random } from '../../src/core/random/random.js';
import { badFigures, evaluateTables } from './evaluate-files.js';
import type { CsvTable, Evaluated } from './evaluate-files.js';
import { reportOf } from './report-of.js';
import type { ReportText } from './report-of.js';

const random = Random.fromSeed('odd tables');
const numbers = (rows: number, scale = 1): number[] =>
  Array.from({ length: rows }, () => Math.round(random.uniform() * 1e6 * scale) / 1e4);
const words = (rows: number, of: readonly string[]): string[] =>
  Array.from({ length: rows }, () => of[random.integerBelow(of.length)]!);

/** Computed, or not computable with the reason; nothing crashed and nothing is NaN. */
function expectWhole({ code, report, jsonText, html, complained }: Evaluated): void {
  expect(complained).toEqual([]);
  expect([0, 1]).toContain(code);
  expectFigures({ report: report!, jsonText, html });
}

function expectFigures({ report, jsonText, html }: ReportText): void {
  expect(badFigures(report)).toEqual([]);
  expect(jsonText).not.toMatch(/NaN|Infinity/);
  expect(html).not.toMatch(/NaN|Infinity|undefined|\[object/);
  expect(report.figures.length).toBeGreaterThan(40);
}

describe('an evaluation of odd tables', () => {
  it('takes odd names as they are, and shows them as text', async () => {
    const names = [
      'a"b',
      "x'; DROP TABLE t; --",
      '<img src=x onerror=alert(1)>',
      'Größe (µm)',
      'a,b',
      '__proto__x',
    ];
    const table = (): CsvTable =>
      Object.fromEntries(names.map((name, at) => [name, at % 2 === 0 ? numbers(60) : words(60, ['p', 'q'])]));
    const found = await evaluateTables({ real: table(), synthetic: table() });
    expectWhole(found);
    expect(found.report!.columns.map(({ column }) => column)).toEqual(names);
    expect(found.html).not.toContain('<img');
  });

  it.each<[string, CsvTable, CsvTable]>([
    [
      'a constant column',
      { a: numbers(40), b: new Array<number>(40).fill(7) },
      { a: numbers(40), b: new Array<number>(40).fill(7) },
    ],
    [
      'a column that is constant in one table',
      { a: numbers(40), b: numbers(40) },
      { a: numbers(40), b: new Array<number>(40).fill(7) },
    ],
    [
      'a column without any value',
      { a: numbers(40), b: new Array<null>(40).fill(null) },
      { a: numbers(40), b: new Array<null>(40).fill(null) },
    ],
    [
      'a column that is all missing in one table',
      { a: numbers(40), b: numbers(40) },
      { a: numbers(40), b: new Array<null>(40).fill(null) },
    ],
    [
      'categories the real table has not',
      { a: words(40, ['x', 'y']), b: numbers(40) },
      { a: words(40, ['new', 'other']), b: numbers(40) },
    ],
    ['ten rows', { a: numbers(10), b: words(10, ['x', 'y']) }, { a: numbers(10), b: words(10, ['x', 'y']) }],
    ['one subject', { a: [1], b: ['x'] }, { a: [2], b: ['y'] }],
    ['one column', { a: numbers(30) }, { a: numbers(30) }],
    [
      'a column of another kind',
      { a: numbers(40), b: numbers(40) },
      { a: words(40, ['low', 'high']), b: numbers(40) },
    ],
    ['no column in common', { a: numbers(20) }, { b: numbers(20) }],
    [
      'huge and tiny numbers',
      { a: [1e300, -1e300, ...numbers(30)], b: numbers(32, 1e-9) },
      { a: [1e300, 1e-300, ...numbers(30)], b: numbers(32, 1e-9) },
    ],
  ])('of %s has a figure or a reason everywhere', async (_, real, synthetic) => {
    expectWhole(await evaluateTables({ real, synthetic, holdout: real }));
  });

  it('of many columns and few rows ends, with a verdict on each', async () => {
    const wide = (): CsvTable =>
      Object.fromEntries(
        Array.from({ length: 40 }, (_, at) => [`c${at}`, at % 5 === 0 ? words(12, ['x', 'y']) : numbers(12)]),
      );
    const found = await reportOf(wide(), wide());
    expectFigures(found);
    expect(found.report.columns).toHaveLength(40);
  });

  it('of any small table has a figure or a reason everywhere', async () => {
    const cell = fc.oneof(
      fc.constantFrom(null, null, 0, -0, 1e308, -1e308, 5e-324, 1e-9),
      fc.integer({ min: -3, max: 3 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const text = fc.constantFrom(null, '', 'x', 'y', '(other)', 'null', '__proto__');
    const column = (rows: number): fc.Arbitrary<(string | number | null)[]> =>
      fc.oneof(
        fc.array(cell, { minLength: rows, maxLength: rows }),
        fc.array(text, { minLength: rows, maxLength: rows }),
      );
    const table = fc
      .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 4 }))
      .chain(([rows, columns]) => fc.tuple(...Array.from({ length: columns }, () => column(rows))))
      .map((columns): CsvTable => Object.fromEntries(columns.map((cells, at) => [`c${at}`, cells])));
    await fc.assert(
      fc.asyncProperty(table, table, async (real, synthetic) => {
        expectFigures(await reportOf(real, synthetic));
      }),
      { numRuns: 80 },
    );
  });
});
