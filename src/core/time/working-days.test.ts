import fc from 'fast-check';
import { afterWorkingMs, msPerWorkingDay, type WorkingCalendar, workingMsBetween } from './working-days.js';

const week: WorkingCalendar = { weekdays: [1, 2, 3, 4, 5], holidays: ['2026-12-25'] };
const at = (text: string): Date => new Date(`${text}Z`);
const days = (count: number): number => count * msPerWorkingDay;

it.each([
  ['within a day', '2026-11-23T09:00', 0.25, '2026-11-23T15:00'],
  ['over a night', '2026-11-23T18:00', 0.5, '2026-11-24T06:00'],
  ['over a weekend', '2026-11-27T12:00', 1, '2026-11-30T12:00'],
  ['from a Sunday, which does not count', '2026-11-22T17:00', 1, '2026-11-24T00:00'],
  ['over a holiday and a weekend', '2026-12-24T12:00', 1, '2026-12-28T12:00'],
  ['a whole week', '2026-11-23T00:00', 5, '2026-11-28T00:00'],
])('counts working days %s', (_, from, count, expected) => {
  const end = afterWorkingMs(week, at(from), days(count));
  expect(end.toISOString()).toBe(at(expected).toISOString());
  expect(workingMsBetween(week, at(from), end)).toBe(days(count));
});

it('counts nothing backwards', () => {
  expect(workingMsBetween(week, at('2026-11-24T00:00'), at('2026-11-23T00:00'))).toBe(0);
});

it('does not look for a working day for ever', () => {
  expect(() => afterWorkingMs({ weekdays: [], holidays: [] }, at('2026-11-24T00:00'), 1)).toThrow(
    'no working day',
  );
});

const calendars = fc.record({
  weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  holidays: fc.array(fc.integer({ min: 0, max: 60 }).map((day) => isoDay(days(20_000 + day)))),
});
const moments = fc.integer({ min: days(20_000), max: days(20_060) }).map((ms) => new Date(ms));
const lengths = fc.integer({ min: 0, max: days(30) });

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

it('finds the moment at which the time has passed, whatever the calendar', () => {
  fc.assert(
    fc.property(calendars, moments, lengths, (calendar, from, length) => {
      const end = afterWorkingMs(calendar, from, length);
      expect(workingMsBetween(calendar, from, end)).toBe(length);
    }),
  );
});

it('adds up: a stretch is the sum of its parts', () => {
  fc.assert(
    fc.property(calendars, fc.tuple(moments, moments, moments), (calendar, three) => {
      const [one, two, last] = three.sort((left, right) => left.getTime() - right.getTime());
      const parts = workingMsBetween(calendar, one, two) + workingMsBetween(calendar, two, last);
      expect(parts).toBe(workingMsBetween(calendar, one, last));
    }),
  );
});
