import fc from 'fast-check';
import {
  arbitraryCoded,
  codes,
  maybe,
  reason,
  span,
  start,
  text,
  value,
  without,
} from './arbitrary-parts.js';

const dosage = fc
  .record({
    asNeeded: fc.boolean(),
    amount: maybe(fc.constantFrom(1, 2, 0.5)),
    frequency: maybe(fc.integer({ min: 1, max: 12 })),
    cycle: maybe(
      fc.record({
        period: fc.constantFrom(1, 2, 1.5),
        periodUnit: fc.constantFrom(...(['hour', 'day', 'week', 'month', 'year'] as const)),
      }),
    ),
    refills: maybe(fc.nat({ max: 12 })),
  })
  .map(({ cycle, ...rest }) => without({ ...rest, ...cycle }));

const uid = fc
  .array(fc.nat({ max: 999 }), { minLength: 1, maxLength: 4 })
  .map((parts) => `2.999.${parts.join('.')}`);
const series = fc.record({
  uid,
  bodySite: arbitraryCoded,
  modality: arbitraryCoded,
  instances: fc.array(
    fc.record({ uid, sopClass: arbitraryCoded, title: maybe(text) }).map((instance) => without(instance)),
    { maxLength: 2 },
  ),
});

/** One arbitrary a kind, without what is decided by the place in a record: key, and what it refers to. */
const kinds = [
  fc.record({ kind: fc.constant('condition'), span }),
  fc.record({
    kind: fc.constant('allergy'),
    span,
    type: fc.constantFrom('allergy', 'intolerance'),
    category: fc.constantFrom('food', 'medication', 'environment'),
    reactions: fc.array(
      fc
        .record({
          manifestation: arbitraryCoded,
          severity: maybe(fc.constantFrom('mild', 'moderate', 'severe')),
        })
        .map((reaction) => without(reaction)),
      { maxLength: 2 },
    ),
  }),
  fc
    .record({
      kind: fc.constant('observation'),
      start,
      category: fc.constantFrom(
        ...[
          'vital-signs',
          'laboratory',
          'survey',
          'social-history',
          'exam',
          'procedure',
          'therapy',
          'imaging',
        ],
      ),
      value: maybe(value),
      components: fc.array(fc.record({ codes, value }), { maxLength: 3 }),
    })
    .map((drawn) => (drawn.value === undefined ? drawn : { ...drawn, components: [] })),
  fc.record({ kind: fc.constant('report'), start }),
  fc.record({
    kind: fc.constant('medication-order'),
    span,
    reason,
    isChronic: fc.boolean(),
    dosage: maybe(dosage),
  }),
  fc.record({ kind: fc.constant('medication-administration'), span, reason }),
  fc.record({ kind: fc.constant('procedure'), span, reason }),
  fc.record({ kind: fc.constant('immunisation'), start, dose: maybe(fc.integer({ min: 1, max: 9 })) }),
  fc.record({ kind: fc.constant('device'), span, udi: maybe(fc.constant('(01)00000000000000')) }),
  fc.record({
    kind: fc.constant('care-plan'),
    span,
    reason,
    activities: fc.array(arbitraryCoded, { maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('imaging-study'), start, uid, series: fc.array(series, { maxLength: 2 }) }),
  fc.record({ kind: fc.constant('supply'), start, quantity: fc.nat({ max: 100 }) }),
  fc.record({ kind: fc.constant('note'), start, text }),
] as const;

/** `at` draws which encounter, observation or procedure of the record is referred to, `isIn` whether one is. */
export const drawnEvent = fc.record({
  shape: fc.oneof(...kinds) as fc.Arbitrary<Record<string, unknown> & { kind: string }>,
  codes,
  at: fc.nat(),
  isIn: fc.boolean(),
});
export type DrawnEvent = typeof drawnEvent extends fc.Arbitrary<infer T> ? T : never;
