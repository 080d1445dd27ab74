import type { ColumnSchema } from '../../core/schema/schema.js';
import type { Column } from '../../core/table/table.js';
import { schemaCellRule } from './schema-cell-rule.js';
import { sourceCellRule } from './source-cell-rule.js';

const missing = Uint8Array.of(0);
const numbers = (...values: number[]): Column => ({
  kind: 'number',
  values: Float64Array.from(values),
  missing,
});
const categories = (...values: string[]): Column => ({
  kind: 'category',
  codes: Int32Array.from(values.keys()),
  dictionary: values,
  missing,
});
const gap = (column: Column): Column => ({ ...column, missing: Uint8Array.of(1) });
const described = (change: Partial<ColumnSchema>): ColumnSchema => ({
  name: 'dose',
  type: 'number',
  missingMarkers: [],
  ...change,
});

describe('a cell is valid', () => {
  it.each<[string, Column, Column, boolean]>([
    ['a number within the real ones', numbers(1, 9), numbers(5), true],
    ['a number beyond the real ones', numbers(1, 9), numbers(9.1), false],
    ['a category that is real', categories('a', 'b'), categories('b'), true],
    ['rare categories pooled', categories('a'), categories('(other)'), true],
    ['a category that is not real', categories('a'), categories('c'), false],
    ['another kind of column', categories('a'), numbers(1), false],
    ['missing where some are', gap(numbers(1, 9)), gap(numbers(0)), true],
    ['missing where none is', numbers(1, 9), gap(numbers(5)), false],
  ])('by the real rows: %s', (_, real, made, isValid) => {
    expect(sourceCellRule(real, made)(0)).toBe(isValid);
  });

  it.each<[string, Partial<ColumnSchema>, Column, boolean]>([
    ['nothing declared', {}, numbers(1e6), true],
    ['within bounds', { bounds: { low: 0, high: 2, provenance: 'declared' } }, numbers(2), true],
    ['beyond bounds', { bounds: { low: 0, high: 2, provenance: 'declared' } }, numbers(2.1), false],
    ['too many decimals', { decimals: 1 }, numbers(0.25), false],
    ['a fraction of a whole number', { type: 'integer' }, numbers(0.5), false],
    [
      'a declared category',
      { type: 'category', categories: { values: ['a'], provenance: 'declared' } },
      categories('a'),
      true,
    ],
    [
      'an undeclared category',
      { type: 'category', categories: { values: ['a'], provenance: 'declared' } },
      categories('b'),
      false,
    ],
    ['another kind of column', { type: 'date' }, numbers(1), false],
  ])('by what is public: %s', (_, change, made, isValid) => {
    expect(schemaCellRule(described(change), made)(0)).toBe(isValid);
  });
});
