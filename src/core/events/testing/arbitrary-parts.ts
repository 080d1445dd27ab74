import fc from 'fast-check';
import { codeSystems } from '../code-systems.js';
import type { Coded, Quantity, Value } from '../coded.js';
import type { Moment, Precision } from '../moment.js';

const from = Date.UTC(1930, 0, 1);
const to = Date.UTC(2025, 11, 31);
const precisions: readonly Precision[] = ['year', 'month', 'day', 'second'];
export const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

/** Leaves out what is undefined: the model has optional fields, not undefined ones. */
export function without<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}

/** The start of what is known of a point in time. */
function momentAt(ms: number, precision: Precision): Moment {
  const iso = new Date(ms).toISOString();
  const starts = {
    year: `${iso.slice(0, 4)}-01-01`,
    month: `${iso.slice(0, 7)}-01`,
    day: iso.slice(0, 10),
    second: `${iso.slice(0, 19)}Z`,
  };
  return { ms: Date.parse(starts[precision]), precision };
}

export const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  // Control characters have no place in any of our formats; quotes, commas and line feeds must be survived.
  .map((value) => `x${value.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '"\n,')}`);
const code = fc.stringMatching(/^[0-9A-Za-z][0-9A-Za-z.-]{0,11}$/);
const system = fc.constantFrom(...Object.values(codeSystems).map(({ uri }) => uri as string));

export const arbitraryCoded: fc.Arbitrary<Coded> = fc
  .record({ system, code, display: maybe(text) })
  .map((coded) => without<Coded>(coded));

export const codes = fc.array(arbitraryCoded, { minLength: 1, maxLength: 3 });

const number = fc.oneof(
  fc.integer({ min: -1000, max: 100_000 }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
);
const quantity: fc.Arbitrary<Quantity> = fc
  .record({
    value: number,
    unit: maybe(fc.constantFrom('mg/dL', 'mm[Hg]', '%', '10*9/L', 'tablets a day')),
    comparator: maybe(fc.constantFrom('<' as const, '<=' as const, '>=' as const, '>' as const)),
  })
  .map((drawn) =>
    without<Quantity>({ ...drawn, isUcum: drawn.unit !== undefined && drawn.unit !== 'tablets a day' }),
  );

export const value: fc.Arbitrary<Value> = fc.oneof(
  quantity.map((drawn): Value => ({ kind: 'quantity', quantity: drawn })),
  arbitraryCoded.map((coded): Value => ({ kind: 'coded', coded })),
  text.map((drawn): Value => ({ kind: 'text', text: drawn })),
  fc.boolean().map((boolean): Value => ({ kind: 'boolean', boolean })),
);

/** Two moments of one precision, the second not before the first and left out at times. */
export const span = fc
  .record({
    ms: fc.integer({ min: from, max: to }),
    lasts: maybe(fc.integer({ min: 0, max: 4e10 })),
    precision: fc.constantFrom(...precisions),
  })
  .map(({ ms, lasts, precision }) => ({
    start: momentAt(ms, precision),
    end: lasts === undefined ? undefined : momentAt(ms + lasts, precision),
  }));

export interface Span {
  readonly start: Moment;
  readonly end: Moment | undefined;
}
export const start = span.map((drawn) => drawn.start);
export const reason = maybe(arbitraryCoded);
