import fc from 'fast-check';
import type { LineCell } from '../../src/evaluation/disclosure/differencing/count-line.js';
import { differencingRisk } from '../../src/evaluation/disclosure/differencing/differencing-risk.js';
import { countOf, describeSource, possibleColumns, values } from './every-source.js';
import type { Described, Histogram } from './every-source.js';

function cellsOfColumn(all: readonly Described[], at: number, named: ReadonlySet<string>): LineCell[] {
  if (all.every(({ columns }) => columns[at]!.kind === 'withheld'))
    return [{ kind: 'missing' }, { kind: 'unnamed' }];
  if (at === 1) {
    const categories = [...named].map((value): LineCell => ({ kind: 'category', value }));
    return [{ kind: 'missing' }, ...categories, { kind: 'unnamed' }];
  }
  const edges = all.flatMap(({ columns }) => {
    const column = columns[at]!;
    return column.kind === 'numeric' ? column.edges.slice(1, -1) : [];
  });
  const borders = [-Infinity, ...[...new Set(edges)].sort((a, b) => a - b), Infinity];
  return [
    { kind: 'missing' },
    ...borders.slice(1).map((to, bin): LineCell => ({ kind: 'range', from: borders[bin]!, to })),
  ];
}

function namedIn(all: readonly Described[], at: number): Set<string> {
  return new Set(
    all.flatMap(({ columns }) => {
      const column = columns[at]!;
      return column.kind === 'categorical' ? column.categories.map(({ value }) => value) : [];
    }),
  );
}

describe('differencing against trying out every source', () => {
  const record = fc.tuple(fc.nat(values), fc.nat(values));
  const source = fc
    .array(record, { minLength: 4, maxLength: 8 })
    .map((records) =>
      [0, 1].map((at) =>
        Array.from({ length: values + 1 }, (_, value) => records.filter((one) => one[at] === value).length),
      ),
    );
  const control = fc.record({
    cellCountMin: fc.integer({ min: 2, max: 4 }),
    countRounding: fc.integer({ min: 1, max: 3 }),
    shape: fc.nat(11),
  });

  it('finds each cell that the publications together narrow to a few, with just the range that is possible', () => {
    let few = 0;
    fc.assert(
      fc.property(source, fc.array(control, { minLength: 2, maxLength: 3 }), (truth, controls) => {
        const floor = Math.max(...controls.map(({ cellCountMin }) => cellCountMin));
        const all = controls.map((one, at) => describeSource(`p${at}`, truth, one));
        const findings = differencingRisk(all.slice(0, -1), all.at(-1)!, { cellCountMin: floor });
        const joint = possibleColumns(all);
        const earlier = possibleColumns(all.slice(0, -1));
        const single = all.map((one) => possibleColumns([one]));
        for (const at of [0, 1]) {
          const named = namedIn(all, at);
          for (const cell of cellsOfColumn(all, at, named)) {
            const rangeIn = (columns: Histogram[][]): [number, number] => {
              const found = columns[at]!.map((counts) => countOf(cell, counts, named));
              return [Math.min(...found), Math.max(...found)];
            };
            const [atLeast, atMost] = rangeIn(joint);
            const within = ([low, high]: [number, number]): boolean => high <= atMost && low >= atLeast;
            const isFew = atMost > 0 && atMost < floor && !single.some((columns) => within(rangeIn(columns)));
            const finding = findings.find(
              (one) => one.column === `column ${at}` && JSON.stringify(one.cell) === JSON.stringify(cell),
            );
            if (!isFew) {
              expect(finding).toBeUndefined();
              continue;
            }
            few += 1;
            expect(finding).toMatchObject({ atLeast, atMost });
            if (within(rangeIn(earlier))) expect(finding!.status).toBe('review');
          }
        }
      }),
      { numRuns: 80 },
    );
    expect(few).toBeGreaterThan(5);
  }, 240_000);

  it('finds each change between two versions that is certain and small, in every cell that both can show', () => {
    let few = 0;
    fc.assert(
      fc.property(source, source, control, control, (older, newer, one, other) => {
        const before = describeSource('before', older, one);
        const population = { sourceName: 'heart', contentHash: 'v2' };
        const after = { ...describeSource('after', newer, other), population };
        const floor = 4;
        const findings = differencingRisk([before], after, { cellCountMin: floor });
        const [then, now] = [possibleColumns([before]), possibleColumns([after])];
        const cells = cellsOfColumn([before, after], 0, new Set());
        for (const cell of cells) {
          const ranges = [then, now].map((columns) => {
            const found = columns[0]!.map((counts) => countOf(cell, counts, new Set()));
            return { low: Math.min(...found), high: Math.max(...found) };
          });
          const [least, most] = [ranges[1]!.low - ranges[0]!.high, ranges[1]!.high - ranges[0]!.low];
          const isFew = (least > 0 && most < floor) || (most < 0 && least > -floor);
          const finding = findings.find(
            ({ column, cell: found }) =>
              column === 'column 0' && JSON.stringify(found) === JSON.stringify(cell),
          );
          if (isFew) {
            few += 1;
            const [atLeast, atMost] = least > 0 ? [least, most] : [-most, -least];
            // Where no value is missing in either, the rows say the same and are reported instead.
            const range = finding ?? findings.find(({ column }) => column === null);
            expect(range).toMatchObject({ status: 'fail', atLeast, atMost });
          } else expect(finding).toBeUndefined();
        }
      }),
      { numRuns: 80 },
    );
    expect(few).toBeGreaterThan(5);
  }, 240_000);

  it('finds each change between two versions that only several columns together make certain', () => {
    let few = 0;
    fc.assert(
      fc.property(source, source, control, control, (older, newer, one, other) => {
        const before = describeSource('before', older, one);
        const population = { sourceName: 'heart', contentHash: 'v2' };
        const after = { ...describeSource('after', newer, other), population };
        const floor = 4;
        const findings = differencingRisk([before], after, { cellCountMin: floor });
        const versions = [possibleColumns([before]), possibleColumns([after])];
        for (const at of [0, 1]) {
          if ([before, after].some(({ columns }) => columns[at]!.kind === 'withheld')) continue;
          const named = namedIn([before, after], at);
          for (const cell of [{ kind: 'rows' } as const, ...cellsOfColumn([before, after], at, named)]) {
            const [then, now] = versions.map((columns) => {
              const found = columns[at]!.map((counts) => countOf(cell, counts, named));
              return { low: Math.min(...found), high: Math.max(...found) };
            });
            const [least, most] = [now!.low - then!.high, now!.high - then!.low];
            const isFew = (least > 0 && most < floor) || (most < 0 && least > -floor);
            const column = cell.kind === 'rows' ? null : `column ${at}`;
            const finding = findings.find(
              (found) => found.column === column && JSON.stringify(found.cell) === JSON.stringify(cell),
            );
            if (!isFew) {
              expect(finding).toBeUndefined();
              continue;
            }
            few += 1;
            const [atLeast, atMost] = least > 0 ? [least, most] : [-most, -least];
            // Where no value is missing in either, the rows say the same and are reported instead.
            expect(finding ?? findings.find((found) => found.column === null)).toMatchObject({
              status: 'fail',
              atLeast,
              atMost,
            });
          }
        }
      }),
      { numRuns: 40 },
    );
    expect(few).toBeGreaterThan(5);
  }, 240_000);

  it('finds a change that only another column makes certain', () => {
    const older = [
      [8, 0, 0, 0, 0],
      [4, 4, 0, 0, 0],
    ];
    const newer = [
      [5, 0, 0, 0, 0],
      [2, 3, 0, 0, 0],
    ];
    const before = describeSource('before', older, { cellCountMin: 2, countRounding: 3, shape: 0 });
    const population = { sourceName: 'heart', contentHash: 'v2' };
    const after = {
      ...describeSource('after', newer, { cellCountMin: 2, countRounding: 1, shape: 0 }),
      population,
    };
    const [rows] = differencingRisk([before], after, { cellCountMin: 4 });
    // Of the older version 8 to 10 rows are published, and two categories of 4 at most.
    expect(rows).toMatchObject({ status: 'fail', column: null, atLeast: 3, atMost: 3 });
  });

  it('never objects to publishing the same profile again, alone or among others', () => {
    fc.assert(
      fc.property(source, fc.array(control, { minLength: 1, maxLength: 3 }), (truth, controls) => {
        const all = controls.map((one, at) => describeSource(`p${at}`, truth, one));
        const [again] = all;
        expect(differencingRisk([again!], { ...again!, hash: 'again' }, { cellCountMin: 10 })).toEqual([]);
        const findings = differencingRisk(all, { ...again!, hash: 'again' }, { cellCountMin: 4 });
        expect(findings.filter(({ status }) => status === 'fail')).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
