import fc from 'fast-check';
import type { ColumnSchema } from '../../../core/schema/schema.js';
import { columnOf } from '../../testing/a-source.js';
import { cellsOfColumn } from './cells-of-column.js';
import { cellCount, publicDomain } from './public-domain.js';
import type { NumbersDomain } from './public-domain.js';
import { valueOfCell } from './value-of-cell.js';

const provenance = 'declared';
const column = (facts: Partial<ColumnSchema>): ColumnSchema => ({
  name: 'a',
  type: 'integer',
  missingMarkers: [''],
  ...facts,
});

describe('a public domain', () => {
  it.each([
    ['bounds of a number', { type: 'number' }, 'its bounds are not declared'],
    ['bounds of a date', { type: 'date' }, 'its bounds are not declared'],
    ['bounds in order', { bounds: { low: 2, high: 1, provenance } }, '2 to 1 are not bounds'],
    ['finite bounds', { bounds: { low: 0, high: Infinity, provenance } }, 'are not bounds'],
    [
      'a value between the bounds',
      { bounds: { low: 0.2, high: 0.8, provenance } },
      'no value with 0 decimals',
    ],
    [
      'a grid that doubles hold',
      { type: 'number', decimals: 15, bounds: { low: 0, high: 1e6, provenance } },
      '2^42',
    ],
    ['categories', { type: 'category' }, 'its categories are not declared'],
    ['a category at least', { type: 'category', categories: { values: [], provenance } }, 'no category'],
    ['each category once', { type: 'category', categories: { values: ['x', 'x'], provenance } }, 'twice'],
  ] as const)('needs %s', (_, facts, problem) => {
    expect(() => publicDomain(column(facts), 32)).toThrow(
      expect.objectContaining({
        name: 'UnknownDomainError',
        column: 'a',
        message: expect.stringContaining(problem) as string,
      }) as Error,
    );
  });

  it.each(['identifier', 'free-text'] as const)('is not there for %s', (type) => {
    expect(() => publicDomain(column({ type }), 32)).toThrow(
      expect.objectContaining({ name: 'WithheldColumnError', reason: type }) as Error,
    );
  });

  it('has a missing cell only where the column may be missing', () => {
    const bounds = { low: 1, high: 5, provenance } as const;
    expect(cellCount(publicDomain(column({ bounds }), 32))).toBe(6);
    expect(cellCount(publicDomain(column({ bounds, missingMarkers: [] }), 32))).toBe(5);
    expect(cellCount(publicDomain(column({ type: 'boolean', missingMarkers: [] }), 32))).toBe(2);
  });
});

describe('the cells of a column', () => {
  it('depend on nothing but the row', () => {
    const facts = column({ bounds: { low: 1, high: 4, provenance } });
    const found = cellsOfColumn(facts, columnOf([1, 4, -100, 100, null, 2.4]), publicDomain(facts, 32));
    expect([...found]).toEqual([0, 3, 0, 3, 4, 1]);
  });

  it('leave a missing value out where there is no cell for it', () => {
    const facts = column({ bounds: { low: 1, high: 2, provenance }, missingMarkers: [] });
    expect([...cellsOfColumn(facts, columnOf([1, null, 2]), publicDomain(facts, 32))]).toEqual([0, -1, 1]);
  });

  it('take a category that nobody declared as missing', () => {
    const facts = column({ type: 'category', categories: { values: ['y', 'x'], provenance } });
    expect([...cellsOfColumn(facts, columnOf(['x', 'y', 'z', null]), publicDomain(facts, 32))]).toEqual([
      1, 0, 2, 2,
    ]);
  });

  it('know the words for true and false', () => {
    const facts = column({ type: 'boolean' });
    const words = columnOf(['Yes', 'no', 'TRUE', '0', 'f', null]);
    expect([...cellsOfColumn(facts, words, publicDomain(facts, 32))]).toEqual([1, 0, 1, 0, 0, 2]);
  });

  it('refuse values of another type', () => {
    const facts = column({ bounds: { low: 1, high: 2, provenance } });
    expect(() => cellsOfColumn(facts, columnOf(['x']), publicDomain(facts, 32))).toThrow('type integer');
  });

  it('are those that their values come from, for any bounds and decimals', () => {
    const bounds = fc.tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 0, max: 1e6 }));
    fc.assert(
      fc.property(bounds, fc.nat(6), fc.integer({ min: 1, max: 64 }), ([low, span], decimals, cells) => {
        const scale = 10 ** decimals;
        const facts = column({
          type: 'number',
          decimals,
          bounds: { low: low / scale, high: (low + span) / scale, provenance },
        });
        const domain = publicDomain(facts, cells) as NumbersDomain;
        const drawn = Array.from({ length: domain.cells }, (_, cell) =>
          [1e-9, 0.5, 1 - 1e-9].map((uniform) => valueOfCell(domain, cell, uniform)),
        );
        for (const [cell, values] of drawn.entries()) {
          expect([...cellsOfColumn(facts, columnOf(values), domain)]).toEqual([cell, cell, cell]);
          for (const value of values) expect(value).toBe(Number(value.toFixed(decimals)));
        }
        expect(drawn[0]?.[0]).toBe(low === 0 ? 0 : low / scale);
        expect(drawn.at(-1)?.[2]).toBe(low + span === 0 ? 0 : (low + span) / scale);
      }),
    );
  });
});
