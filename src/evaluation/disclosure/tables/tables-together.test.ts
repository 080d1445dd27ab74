import fc from 'fast-check';
import { checkPublishedTable } from './check-published-table.js';
import { checkTogether } from './check-together.js';
import { keysOf } from './joint-ranges.js';
import { suppressedSums } from './protect-amounts.js';
import { protectTableFiles } from './protect-table-files.js';
import type { TrueTable } from './protect-table-files.js';
import { protectTogether } from './protect-together.js';
import { publishTable } from './published-table.js';
import { readTableFile } from './read-table-file.js';
import { cellsOf, countAt, frequencyTable } from './table-for-release.js';

const rules = {
  ...{ cellCountMin: 10, countRounding: 5, zerosAreLow: true },
  ...{ dominanceCount: 2, dominanceShare: 0.9, pRatioMin: 0.1, degreesOfFreedomMin: 10 },
};
const exact = { ...rules, countRounding: 1 };
const table = (text: string): TrueTable => readTableFile('t', text, rules) as TrueTable;

const byWardAndSex = (
  counts: readonly number[],
): { dimensions: string[]; table: ReturnType<typeof frequencyTable> } => ({
  dimensions: ['ward', 'sex'],
  table: frequencyTable(
    [
      ['A', 'B'],
      ['f', 'm'],
    ],
    counts,
  ),
});

describe('tables of one source', () => {
  it('are found to tell together what one hides: the total that another shows', () => {
    const one = byWardAndSex([4, 50, 60, 70]);
    const wards = frequencyTable([['A', 'B']], [54, 130]);
    const tables = [
      {
        name: 'sexes',
        ...one,
        table: publishTable(one.table, (_, at) => at === 0 || at === 4 || at === 6 || at === 8, 1),
      },
      { name: 'wards', dimensions: ['ward'], table: publishTable(wards, () => false, 1) },
    ];
    const [finding] = checkTogether(tables, 10);
    expect(finding).toMatchObject({ table: 'sexes', cell: { row: 0, column: 0 }, others: ['wards'] });
    expect(finding?.why).toContain('can only be 4');
    expect(checkTogether(tables.slice(0, 1), 10)).toEqual([]);
  });

  it('are subtracted from each other when they are about different people', () => {
    const all = publishTable(frequencyTable([['A', 'B']], [57, 130]), () => false, 1);
    const grown = publishTable(frequencyTable([['A', 'B']], [54, 100]), () => false, 1);
    const tables = [
      { name: 'all', dimensions: ['ward'], table: all },
      { name: 'grown', dimensions: ['ward'], table: grown },
    ];
    expect(checkTogether(tables, 10).map(({ why }) => why)).toEqual([
      '"A" differs from that of grown by 3, fewer than 10: whoever has both tables knows of these people.',
    ]);
    expect(checkTogether(tables, 3)).toEqual([]);
  });

  it('leave after protection nothing to be worked out, alone or together', () => {
    const cell = fc.oneof(fc.nat(12), fc.nat(300));
    const people = fc.array(cell, { minLength: 12, maxLength: 12 });
    let protectedCells = 0;
    fc.assert(
      fc.property(people, fc.constantFrom(exact, rules), (counts, given) => {
        // One population of 2 wards, 2 sexes and 3 ages, published as ward x sex and ward x age.
        const at = (ward: number, sex: number, age: number): number => counts[ward * 6 + sex * 3 + age] ?? 0;
        const sexes = [0, 1].flatMap((w) => [0, 1].map((s) => at(w, s, 0) + at(w, s, 1) + at(w, s, 2)));
        const ages = [0, 1].flatMap((w) => [0, 1, 2].map((a) => at(w, 0, a) + at(w, 1, a)));
        const named = [
          { name: 'sexes', ...byWardAndSex(sexes) },
          {
            name: 'ages',
            dimensions: ['ward', 'age'],
            table: frequencyTable(
              [
                ['A', 'B'],
                ['x', 'y', 'z'],
              ],
              ages,
            ),
          },
        ].map((one) => ({ ...one, primary: smallCells(one.table, given.cellCountMin) }));
        const done = protectTogether(named, given);
        const published = named.map((one, index) => ({ ...one, table: done[index]!.table }));
        expect(checkTogether(published, 10)).toEqual([]);
        const shown = new Map<string, boolean>();
        for (const one of published) {
          expect(checkPublishedTable(one.table, given).filter(({ status }) => status === 'fail')).toEqual([]);
          for (const [arc, key] of keysOf(one).entries()) {
            const isShown = one.table.cells[arc]!.value !== null;
            expect(shown.get(key) ?? isShown).toBe(isShown);
            shown.set(key, isShown);
            if (!isShown) protectedCells += 1;
          }
        }
      }),
      { numRuns: 400 },
    );
    expect(protectedCells).toBeGreaterThan(100);
  });
});

function smallCells(of: ReturnType<typeof frequencyTable>, floor: number): ReturnType<typeof cellsOf> {
  return cellsOf(of).filter((cell) => countAt(of, cell) > 0 && countAt(of, cell) < floor);
}

describe('tables of amounts', () => {
  const costs =
    'ward,count,sum,largest,negative\nA,20,1000,900;50,no\nB,30,900,60;50,no\nC,40,1200,70;60,no\n';

  it('hide a dominated sum and one more, in counts as in sums', () => {
    const [done] = protectTableFiles([table(costs)], rules);
    expect(done?.suppressed.map(({ cell }) => cell)).toEqual(['A', 'B']);
    expect(done?.suppressed[0]?.why).toContain('largest');
    expect(done?.sums).toEqual([null, null, 1200, 3100]);
  });

  it('hide further sums where one more is too small to hide the first', () => {
    const small = costs.replace('B,30,900,60;50', 'B,30,9,1;1');
    const read = table(small);
    if (read.kind !== 'amounts') throw new Error('These are amounts.');
    expect(suppressedSums(read.table, [{ row: 0, column: 0 }], rules)).toEqual([
      { row: 0, column: 0 },
      { row: 0, column: 2 },
    ]);
  });

  it('that can be negative are not protected by rules that do not cover them', () => {
    const negative = costs.replace('60;50,no', '60;-50,yes');
    expect(() => protectTableFiles([table(negative)], rules)).toThrow('can be negative');
  });
});

describe('a table file', () => {
  it.each([
    ['ward\nA\n', 'There is no column "count".'],
    ['a,b,c,count\n1,2,3,4\n', 'Only tables of one or two dimensions'],
    ['ward,count\nA,3\nA,4\n', 'Line 2 is about a cell that an earlier line has.'],
    ['ward,sex,count\nA,f,3\nB,m,4\n', 'There is no line for "A, m"'],
    ['ward,count\nA,3.5\n', '"3.5" in column "count" is no whole number'],
    ['ward,count\nA,\n', '"" in column "count" is no whole number'],
    ['ward,count\nA,3\ntotal,\nB,\n', ''],
    ['ward,count,sum\nA,3,4\n', 'without the column "largest"'],
    ['ward,count,sum,largest,negative\nA,3,4,1;2,no\n', 'from the largest down'],
    ['ward,count,sum,largest,negative\nA,3,4,5;2,no\n', 'more than the sum'],
    ['ward,count,sum,largest,negative\nA,3,4,2;1,maybe\n', 'neither yes nor no'],
    ['observations,parameters\n1,2\n', 'column "model"'],
  ])('%j is read, or refused with %j', (text, why) => {
    const read = (): unknown => readTableFile('t', text, rules);
    if (why === '') expect(read()).toMatchObject({ kind: 'published' });
    else expect(read).toThrow(why);
  });
});
