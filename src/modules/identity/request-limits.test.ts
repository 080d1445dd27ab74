import { RequestLimits } from './request-limits.js';

it('bounds what one account asks in one minute, and nobody else', () => {
  let now = new Date('2026-01-01T00:00:10Z');
  const limits = new RequestLimits({ callsPerMinute: 3 }, {
    now: () => now,
    today: () => '2026-01-01',
  } as never);
  const asked = (): string[] => Array.from({ length: 5 }, () => limits.admit('ann'));
  const bounded = [...Array<string>(3).fill('admitted'), 'refused for the first time', 'refused'];
  expect(asked()).toEqual(bounded);
  expect(limits.admit('ben')).toBe('admitted');
  now = new Date('2026-01-01T00:00:59Z');
  expect(limits.admit('ann')).toBe('refused');
  now = new Date('2026-01-01T00:01:00Z');
  expect(asked()).toEqual(bounded);
});
