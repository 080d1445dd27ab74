import fc from 'fast-check';
import { disclosedCount, disclosePresence } from './disclosed-count.js';
import { buildHistogram } from './histogram.js';
import type { CountCells } from './histogram.js';
import { mergeCells } from './merge-cells.js';
import { poolCategories } from './pool-categories.js';
import { gridOfStep, gridPoint, gridPosition } from './public-grid.js';

const control = { cellCountMin: 10, countRounding: 5, tailShare: 0.01, binsMax: 50, categoriesMax: 100 };

describe('disclosePresence', () => {
  it.each([
    [1000, 0, { count: 1000, missingCount: 0 }],
    [1003, 10, { count: 1005, missingCount: 10 }],
    [997, 3, { count: 1000, missingCount: null }],
    [991, 9, { count: 1000, missingCount: null }],
    [4, 996, { count: 0, missingCount: 1000 }],
    [0, 1000, { count: 0, missingCount: 1000 }],
    [4, 3, { count: 0, missingCount: 0 }],
  ])('of %i present and %i missing cells', (present, missing, expected) => {
    expect(disclosePresence(present, missing, control)).toEqual(expected);
  });

  it('publishes multiples only, and nothing that rests on fewer than the floor', () => {
    fc.assert(
      fc.property(fc.nat(100_000), (count) => {
        const published = disclosedCount(count, control);
        expect(published % 5).toBe(0);
        if (count < 10) expect(published).toBe(0);
        else expect(Math.abs(published - count)).toBeLessThanOrEqual(2.5);
      }),
    );
  });
});

describe('poolCategories', () => {
  it.each([
    ['keeps all that reach the floor', { a: 20, b: 10 }, 0, ['a', 'b'], 0],
    ['pools the rest when it reaches the floor', { a: 20, b: 15 }, 12, ['a', 'b'], 12],
    ['hides a small pool behind the smallest category', { a: 20, b: 15 }, 3, ['a'], 18],
    ['says nothing of values when all are rare', {}, 25, [], 25],
  ])('%s', (_, counts, rare, kept, pooled) => {
    const categories = Object.entries(counts).map(([value, count]) => ({ value, count }));
    const present = categories.reduce((sum, { count }) => sum + count, rare);
    const result = poolCategories(categories, present, control);
    expect(result?.kept.map(({ value }) => value)).toEqual(kept);
    expect(result?.pooled).toBe(pooled);
  });

  it('gives nothing where nothing may be said', () => {
    expect(poolCategories([], 9, control)).toBeNull();
    expect(poolCategories([], 0, control)).toBeNull();
  });

  it('loses no record and keeps the floor, whatever the counts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 150 }), (counts) => {
        const sorted = counts
          .toSorted((a, b) => b - a)
          .map((count, index) => ({ value: `v${index}`, count }));
        const present = counts.reduce((sum, count) => sum + count, 0);
        const result = poolCategories(sorted, present, control);
        if (result === null) {
          expect(present).toBeLessThan(10);
          return;
        }
        const kept = result.kept.reduce((sum, { count }) => sum + count, 0);
        expect(kept + result.pooled).toBe(present);
        expect(result.kept.every(({ count }) => count >= 10)).toBe(true);
        expect(result.kept.length).toBeLessThanOrEqual(100);
        expect(result.pooled === 0 || result.pooled >= 10).toBe(true);
      }),
    );
  });
});

describe('the public grid', () => {
  it('has the finest 1-2-5 step that is wide enough', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-280, max: 1e280, noNaN: true }), (width) => {
        const grid = gridOfStep(width);
        expect(gridPoint(grid, 1)).toBeGreaterThanOrEqual(width);
        expect(gridPoint(grid, 1) / width).toBeLessThan(2.5000001);
      }),
    );
  });

  it('writes its points as the decimals they are', () => {
    expect(gridPoint(gridOfStep(0.01), 57)).toBe(0.57);
    expect(gridPoint(gridOfStep(0.2), 3)).toBe(0.6);
    expect(gridPoint(gridOfStep(50), 3)).toBe(150);
  });
});

describe('mergeCells', () => {
  it('loses no record, keeps the floor and the number of bins, and starts at the first cell', () => {
    const cells = fc.array(fc.oneof(fc.constant(0), fc.nat(30), fc.nat(2000)), {
      minLength: 1,
      maxLength: 400,
    });
    fc.assert(
      fc.property(cells, fc.integer({ min: 1, max: 60 }), (counts, binsMax) => {
        const total = counts.reduce((sum, count) => sum + count, 0);
        fc.pre(total >= 10);
        const merged = mergeCells(counts, { cellCountMin: 10, binsMax });
        expect(merged.counts.every((count) => count >= 10)).toBe(true);
        expect(merged.counts.length).toBeLessThanOrEqual(binsMax);
        expect(merged.starts[0]).toBe(0);
        merged.counts.forEach((count, bin) => {
          const inside = counts.slice(merged.starts[bin], merged.starts[bin + 1] ?? counts.length);
          expect(inside.reduce((sum, cell) => sum + cell, 0)).toBe(count);
        });
      }),
    );
  });
});

describe('buildHistogram', () => {
  /** The counting that DuckDB does, on a list; `unit` is 10^-decimals. */
  function counterOf(values: readonly number[]): CountCells {
    return (grid, first, last) => {
      const cells = new Map<number, { index: number; count: number; onBorder: number }>();
      for (const value of values) {
        const position = gridPosition(grid, value);
        const nearest = Math.round(position);
        const on = Math.abs(position - nearest) <= Math.max(1e-9, Math.abs(nearest) * 1e-13);
        const raw = on ? nearest : Math.floor(position);
        const index = Math.min(Math.max(raw, first), last);
        const cell = cells.get(index) ?? { index, count: 0, onBorder: 0 };
        cells.set(index, {
          index,
          count: cell.count + 1,
          onBorder: cell.onBorder + (on && raw === index ? 1 : 0),
        });
      }
      return Promise.resolve([...cells.values()].sort((a, b) => a.index - b.index));
    };
  }

  async function histogramOf(
    values: readonly number[],
    decimals: number,
  ): Promise<{ edges: readonly number[]; counts: readonly number[] }> {
    const sorted = values.toSorted((a, b) => a - b);
    const input = {
      count: values.length,
      lowest: sorted[0]!,
      highest: sorted.at(-1)!,
      unit: 1 / 10 ** decimals,
    };
    return buildHistogram(input, control, counterOf(values));
  }

  const decimal = (decimals: number) => (scaled: number) => scaled / 10 ** decimals;
  const columns = fc.integer({ min: 0, max: 3 }).chain((decimals) => {
    const near = fc.integer({ min: -3000, max: 3000 });
    const far = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
    const heap = fc.constantFrom(0, 17, 1_000_000);
    const value = fc.oneof(
      { weight: 5, arbitrary: near },
      { weight: 1, arbitrary: far },
      { weight: 3, arbitrary: heap },
    );
    const values = fc.array(value.map(decimal(decimals)), { minLength: 20, maxLength: 600 });
    return fc.tuple(values, fc.constant(decimals));
  });

  it('counts every record once, in bins that reach the floor, between bounds that reach the tail', async () => {
    await fc.assert(
      fc.asyncProperty(columns, async ([values, decimals]) => {
        const { edges, counts } = await histogramOf(values, decimals);
        const unit = 1 / 10 ** decimals;
        const tail = 10;
        expect(edges.length).toBe(counts.length + 1);
        expect(edges.every((edge, index) => index === 0 || edge > edges[index - 1]!)).toBe(true);
        const recount = counts.map(
          (_, bin) =>
            values.filter((value) => {
              const afterStart = bin === 0 || value >= edges[bin]!;
              const beforeEnd = bin === counts.length - 1 || value < edges[bin + 1]!;
              return afterStart && beforeEnd;
            }).length,
        );
        expect(counts).toEqual(recount);
        expect(counts.every((count) => count >= 10)).toBe(true);
        expect(counts.length).toBeLessThanOrEqual(50);
        const [low, high] = [edges[0]!, edges.at(-1)!];
        expect(values.filter((value) => value <= low).length).toBeGreaterThanOrEqual(tail);
        // Upper edges are exclusive, so the bound is the last value below it.
        expect(values.filter((value) => value >= high - unit * 1.0001).length).toBeGreaterThanOrEqual(tail);
      }),
      { numRuns: 500 },
    );
  });

  it('looks closer where far outliers leave all else in one cell', async () => {
    const values = [...Array.from({ length: 2000 }, (_, row) => row / 100), ...Array<number>(5).fill(1e12)];
    const { edges, counts } = await histogramOf(values, 2);
    expect(counts.length).toBeGreaterThan(30);
    expect(edges.at(-1)).toBeLessThan(20);
  });

  it('makes one bin of one value, whole or decimal', async () => {
    expect(await histogramOf(Array<number>(40).fill(7), 0)).toEqual({ edges: [7, 8], counts: [40] });
    expect(await histogramOf(Array<number>(40).fill(5.37), 2)).toEqual({ edges: [5.37, 5.38], counts: [40] });
    const nearlyAll = [...Array<number>(3000).fill(0), ...Array.from({ length: 5 }, () => 987_654)];
    expect(await histogramOf(nearlyAll, 0)).toEqual({ edges: [0, 1], counts: [3005] });
  });

  it('gives each small whole number its own bin', async () => {
    const values = Array.from({ length: 700 }, (_, row) => row % 7);
    const { edges, counts } = await histogramOf(values, 0);
    expect(edges).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(counts).toEqual(Array(7).fill(100));
  });

  it.each([1e-200, 1e-5, 1, 1e15, 1e300])('copes with values of the size of %d', async (size) => {
    const values = Array.from({ length: 1000 }, (_, row) => size * (1 + row / 777));
    const { edges, counts } = await histogramOf(values, 15);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1000);
    expect(edges.every(Number.isFinite)).toBe(true);
  });
});
