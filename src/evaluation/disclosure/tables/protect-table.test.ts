import fc from 'fast-check';
import { auditTable } from './audit-table.js';
import { primarySuppressions } from './check-frequency-table.js';
import { protectTable } from './protect-table.js';
import { publishTable } from './published-table.js';
import { cellKey, cellsOf, countAt, frequencyTable } from './table-for-release.js';
import type { CellRef, FrequencyTable } from './table-for-release.js';

const floor = 10;
const rules = {
  cellCountMin: floor,
  countRounding: 1,
  zerosAreLow: true,
  dominanceCount: 2,
  dominanceShare: 0.9,
  pRatioMin: 0.1,
  degreesOfFreedomMin: 10,
};

const labels = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${prefix}${at}`);

/** Many small cells, some empty, some large: what registries look like. */
function tables(
  sizeMax: number,
  cell = fc.oneof(fc.nat(12), fc.constant(0), fc.nat(400)),
): fc.Arbitrary<FrequencyTable> {
  const size = fc.integer({ min: 1, max: sizeMax });
  return fc.tuple(size, size, fc.boolean()).chain(([rows, columns, oneWay]) =>
    fc
      .array(cell, {
        minLength: oneWay ? columns : rows * columns,
        maxLength: oneWay ? columns : rows * columns,
      })
      .map((counts) =>
        frequencyTable(oneWay ? [labels('c', columns)] : [labels('r', rows), labels('c', columns)], counts),
      ),
  );
}

/** Every figure of every table that agrees with what is published: tried out one by one. */
function enumerate(table: FrequencyTable, suppressed: ReadonlySet<number>, rounding: number): number[][] {
  const inner = table.counts.flat();
  const published = publishTable(table, (_, index) => suppressed.has(index), rounding).cells;
  const top = inner.reduce((sum, count) => sum + count, rounding);
  const found: number[][] = [];
  const walk = (counts: number[]): void => {
    if (counts.length === inner.length) {
      const other = frequencyTable(table.ways === 1 ? [table.columns] : [table.rows, table.columns], counts);
      const figures = cellsOf(other).map((cell) => countAt(other, cell));
      if (
        published.every(
          ({ value }, at) => value === null || Math.round(figures[at]! / rounding) * rounding === value,
        )
      )
        found.push(figures);
      return;
    }
    const left = top - counts.reduce((sum, count) => sum + count, 0);
    for (let count = 0; count <= left; count++) walk([...counts, count]);
  };
  walk([]);
  return found;
}

describe('the audit of a published table', () => {
  it('finds just the range that trying out every table finds', () => {
    const small = fc.tuple(tables(2, fc.nat(3)), fc.array(fc.nat(8)), fc.constantFrom(1, 2, 3));
    fc.assert(
      fc.property(small, ([table, hidden, rounding]) => {
        const total = cellsOf(table).length - 1;
        // The total stays, so that all can be tried out.
        const suppressed = new Set(hidden.filter((index) => index < total));
        const possible = enumerate(table, suppressed, rounding);
        const audited = auditTable(publishTable(table, (_, index) => suppressed.has(index), rounding))!;
        const expected = cellsOf(table).flatMap((cell, index) => {
          if (!suppressed.has(index)) return [];
          const values = possible.map((figures) => figures[index]!);
          return [{ ...cell, atLeast: Math.min(...values), atMost: Math.max(...values) }];
        });
        expect(audited).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  }, 120_000);

  it('tells that no table agrees with figures that do not add up', () => {
    const table = publishTable(frequencyTable([['a', 'b']], [20, 30]), () => false, 1);
    const wrong = {
      ...table,
      cells: table.cells.map((cell, at) => (at === 2 ? { ...cell, value: 49 } : cell)),
    };
    expect(auditTable(table)).toEqual([]);
    expect(auditTable(wrong)).toBeNull();
    expect(auditTable({ ...wrong, countRounding: 5 })).toEqual([]);
  });

  it('finds a count that one suppression alone does not hide', () => {
    const table = frequencyTable([['a', 'b', 'c']], [3, 40, 50]);
    expect(auditTable(publishTable(table, (_, at) => at === 0, 1))).toEqual([
      { row: 0, column: 0, atLeast: 3, atMost: 3 },
    ]);
  });
});

describe('complementary suppression', () => {
  function check(table: FrequencyTable, primary: readonly CellRef[], countRounding: number): number {
    const { table: published, complementary } = protectTable(table, primary, {
      widthMin: floor,
      countRounding,
    });
    const audited = auditTable(published)!;
    const ranges = new Map(audited.map((cell) => [cellKey(cell), cell]));
    expect(audited).toHaveLength(primary.length + complementary.length);
    for (const cell of primary) {
      const { atLeast, atMost } = ranges.get(cellKey(cell))!;
      const truth = countAt(table, cell);
      expect(atLeast).toBeLessThanOrEqual(truth);
      expect(atMost).toBeGreaterThanOrEqual(truth);
      expect(atMost - atLeast).toBeGreaterThanOrEqual(floor);
    }
    for (const cell of complementary) {
      const { atLeast, atMost } = ranges.get(cellKey(cell))!;
      expect(atMost).toBeGreaterThan(atLeast);
    }
    return complementary.length;
  }

  it('leaves no suppressed count to be solved for, in any table, exact or rounded', () => {
    fc.assert(
      fc.property(tables(7), fc.constantFrom(1, 5, 10), (table, rounding) => {
        check(table, primarySuppressions(table, rules), rounding);
      }),
      { numRuns: 1500 },
    );
  }, 120_000);

  it('hides what is chosen by hand, empty cells and totals too', () => {
    const chosen = fc.tuple(tables(4), fc.array(fc.nat(24), { minLength: 1 }));
    fc.assert(
      fc.property(chosen, ([table, places]) => {
        const cells = cellsOf(table);
        const keys = new Set(places.map((place) => place % cells.length));
        check(
          table,
          cells.filter((_, at) => keys.has(at)),
          1,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('adds the three cells of a rectangle to one small cell, and no more', () => {
    const table = frequencyTable([labels('r', 4), labels('c', 4)], [4, ...Array<number>(15).fill(50)]);
    expect(check(table, primarySuppressions(table, rules), 1)).toBe(3);
    const two = frequencyTable(
      [labels('r', 4), labels('c', 4)],
      [4, 50, 50, 50, 50, 4, ...Array<number>(10).fill(50)],
    );
    expect(check(two, primarySuppressions(two, rules), 1)).toBe(2);
  });

  it('adds nothing where rounding hides the count already', () => {
    const table = frequencyTable([labels('c', 8)], [4, 50, 50, 50, 50, 50, 50, 50]);
    expect(check(table, primarySuppressions(table, rules), 1)).toBe(1);
    expect(check(table, primarySuppressions(table, rules), 5)).toBe(0);
  });

  it('gives up a total when the cells cannot hide each other', () => {
    const table = frequencyTable([['a', 'b']], [3, 0]);
    const { complementary } = protectTable(table, [{ row: 0, column: 0 }], {
      widthMin: floor,
      countRounding: 1,
    });
    expect(complementary).toEqual([{ row: null, column: null }]);
  });
});
