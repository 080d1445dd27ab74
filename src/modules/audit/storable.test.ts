import fc from 'fast-check';
import { canonicalJson } from '../../core/hashing/canonical-json.js';
import { storable, storableText } from './storable.js';

it('replaces what a database cannot keep, in texts and in names', () => {
  expect(storableText('a\0b\uD800c')).toBe('a\uFFFDb\uFFFDc');
  expect(storable({ 'k\0': ['\uDC00', { deep: '\0' }] })).toEqual({
    'k\uFFFD': ['\uFFFD', { deep: '\uFFFD' }],
  });
});

it('keeps every other text as it is', () => {
  for (const text of ['', 'Zoë', '😀', '\u0001', '\uFFFD', '"\\', '\u2028'])
    expect(storableText(text)).toBe(text);
});

it('makes of any details what canonical JSON takes, once and for all', () => {
  const units = fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  });
  const details = fc.dictionary(
    units,
    fc.oneof(units, fc.double(), fc.date({ noInvalidDate: true }), fc.jsonValue()),
  );
  fc.assert(
    fc.property(details, (value) => {
      const kept = storable(value);
      expect(() => canonicalJson(kept)).not.toThrow();
      expect(storable(kept)).toEqual(kept);
    }),
  );
});
