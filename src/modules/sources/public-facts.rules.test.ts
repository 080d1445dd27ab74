import { type DeclaredFacts, publicFacts, refusePublicFacts } from './public-facts.rules.js';
import type { SemanticType } from '../../core/schema/schema.js';

const refusalOf = (type: SemanticType, declared: DeclaredFacts): string | undefined =>
  refusePublicFacts({ name: 'dose', type, missingMarkers: [], ...publicFacts(type, declared) })?.code;

describe('what is declared as public', () => {
  it('is read as it would stand in the file', () => {
    expect(publicFacts('number', { low: '-0.5', high: '12', unit: 'mg', decimals: 1 })).toEqual({
      unit: 'mg',
      bounds: { low: -0.5, high: 12, provenance: 'declared' },
      decimals: 1,
    });
    expect(publicFacts('date', { low: '1970-01-02', high: '2030-12-31' }).bounds).toMatchObject({
      low: 1,
      high: 22_279,
    });
    expect(
      publicFacts('datetime', { low: '1970-01-01T00:01Z', high: '1970-01-01T00:02:00Z' }).bounds,
    ).toMatchObject({ low: 60_000, high: 120_000 });
    expect(publicFacts('category', {})).toEqual({});
    expect(publicFacts('number', { unit: '', decimals: 0, dateFormat: null, low: null })).toEqual({
      decimals: 0,
    });
    expect(publicFacts('date', { dateFormat: '%d/%m/%Y' })).toEqual({ dateFormat: '%d/%m/%Y' });
  });

  it.each<[SemanticType, DeclaredFacts]>([
    ['number', { low: '0', high: '1' }],
    ['integer', { low: '1', high: '1' }],
    ['number', { decimals: 0 }],
    ['number', { decimals: 12 }],
    ['datetime', { low: '2020-02-29T00:00Z', high: '2021-01-01T00:00Z' }],
    ['date', { low: '2020-02-29', high: '2021-01-01' }],
    ['date', { dateFormat: '%d/%m/%Y' }],
    ['category', { categories: ['a', 'b'] }],
    ['boolean', { categories: ['no', 'yes'] }],
    ['identifier', {}],
  ])('of %s may be %j', (type, declared) => {
    expect(refusalOf(type, declared)).toBeUndefined();
  });

  it.each<[SemanticType, DeclaredFacts]>([
    ['number', { low: '2', high: '1' }],
    ['number', { low: '2' }],
    ['number', { low: '1e309', high: '2' }],
    ['number', { high: '2' }],
    ['number', { decimals: 13 }],
    ['number', { decimals: -1 }],
    ['number', { decimals: 0.5 }],
    ['number', { decimals: NaN }],
    ['number', { dateFormat: '%d/%m/%Y' }],
    ['date', { dateFormat: 'whenever' }],
    ['integer', { low: '0.5', high: '1' }],
    ['integer', { decimals: 1 }],
    ['date', { low: '2021-02-30', high: '2021-12-01' }],
    ['date', { low: '0', high: '1' }],
    ['date', { low: '2021-13-01', high: '2021-12-01' }],
    ['category', { low: 'a', high: 'b' }],
    ['identifier', { low: '1', high: '2' }],
    ['category', { categories: ['a', 'a'] }],
    ['category', { categories: [] }],
    ['number', { categories: ['1'] }],
    ['free-text', { categories: ['1'] }],
  ])('of %s may not be %j', (type, declared) => {
    expect(refusalOf(type, declared)).toBe('BAD_PARAMETERS');
  });
});
