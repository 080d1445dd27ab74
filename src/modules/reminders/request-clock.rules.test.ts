import fc from 'fast-check';
import { msPerWorkingDay, workingMsBetween } from '../../core/time/working-days.js';
import { type ClockPolicy, nextClock, type RequestClock, serviceLevelOf } from './request-clock.rules.js';

const policy: ClockPolicy = {
  calendar: { weekdays: [1, 2, 3, 4, 5], holidays: [] },
  states: {
    SUBMITTED: { reminderDays: 3, overdueDays: 5 },
    IG_REVIEW: { reminderDays: 5, overdueDays: 10 },
  },
};

const day = (text: string): Date => new Date(`2026-11-${text}T00:00Z`);

/** The clock after the request went through these states; the number of a step is its event. */
function clockAfter(...steps: readonly (readonly [state: string, at: Date])[]): RequestClock {
  const clocks = steps.reduce<RequestClock | null>(
    (clock, [state, at], index) => nextClock(clock, { state, at, event: String(index + 1) }, policy),
    null,
  );
  if (!clocks) throw new Error('No steps.');
  return clocks;
}

it('starts when a person is waited for', () => {
  expect(clockAfter(['SUBMITTED', day('23')])).toMatchObject({
    visit: '1',
    remindAt: day('26'),
    overdueAt: day('28'), // The end of Friday: the fifth working day is over.
  });
  expect(clockAfter(['GENERATING', day('23')])).toMatchObject({ remindAt: null, overdueAt: null });
});

it('stands still while the request is returned, and goes on where it was', () => {
  const returned = clockAfter(['SUBMITTED', day('16')], ['RETURNED', day('18')]);
  expect(serviceLevelOf(returned, day('30'))).toEqual({ dueAt: null, paused: true, overdue: false });
  const again = clockAfter(['SUBMITTED', day('16')], ['RETURNED', day('18')], ['SUBMITTED', day('23')]);
  expect(again).toMatchObject({
    visit: '1',
    usedMs: 2 * msPerWorkingDay,
    remindAt: day('24'),
    overdueAt: day('26'),
  });
  expect(serviceLevelOf(again, day('25')).overdue).toBe(false);
  expect(serviceLevelOf(again, day('26')).overdue).toBe(true);
});

it('has been used up before a pause: it is due at once', () => {
  const again = clockAfter(['SUBMITTED', day('02')], ['RETURNED', day('16')], ['SUBMITTED', day('23')]);
  expect(again).toMatchObject({ visit: '1', remindAt: day('23'), overdueAt: day('23') });
});

it('starts anew for other people: what was returned in review is submitted as a new visit', () => {
  const again = clockAfter(['IG_REVIEW', day('16')], ['RETURNED', day('18')], ['SUBMITTED', day('23')]);
  expect(again).toMatchObject({ visit: '3', usedMs: 0, paused: null });
});

it('starts anew when a state is entered again without a pause', () => {
  const again = clockAfter(['IG_REVIEW', day('16')], ['EVALUATING', day('18')], ['IG_REVIEW', day('23')]);
  expect(again).toMatchObject({ visit: '3', usedMs: 0 });
});

it('charges the working time outside RETURNED, however often a request goes back and forth', () => {
  const stays = fc.array(fc.tuple(fc.integer({ min: 0, max: 3e8 }), fc.integer({ min: 0, max: 9e8 })), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(stays, (pairs) => {
      let now = day('02').getTime();
      let charged = 0;
      const steps: [string, Date][] = [];
      for (const [waited, returned] of pairs) {
        steps.push(['SUBMITTED', new Date(now)], ['RETURNED', new Date(now + waited)]);
        charged += workingMsBetween(policy.calendar, new Date(now), new Date(now + waited));
        now += waited + returned;
      }
      const clock = clockAfter(...steps, ['SUBMITTED', new Date(now)]);
      expect([clock.visit, clock.usedMs]).toEqual(['1', charged]);
      const left = workingMsBetween(policy.calendar, clock.enteredAt, clock.overdueAt!);
      expect(left).toBe(Math.max(0, 5 * msPerWorkingDay - charged));
    }),
  );
});
