import { erasOf } from './eras.js';

const on = (concept: number, firstDay: number, lastDay: number): Parameters<typeof erasOf>[0][number] => ({
  ...{ concept, firstDay, lastDay },
});

describe('eras', () => {
  it('join what is at most 30 days apart, and count gaps and occurrences', () => {
    expect(erasOf([on(1, 0, 10), on(1, 40, 50), on(1, 81, 90)])).toEqual([
      { concept: 1, firstDay: 0, lastDay: 50, count: 2, gapDays: 29 },
      { concept: 1, firstDay: 81, lastDay: 90, count: 1, gapDays: 0 },
    ]);
  });

  it('keep concepts apart, take any order, and last as long as the longest', () => {
    expect(erasOf([on(2, 5, 6), on(1, 3, 4), on(1, 0, 100), on(1, 90, 95)])).toEqual([
      { concept: 1, firstDay: 0, lastDay: 100, count: 3, gapDays: 0 },
      { concept: 2, firstDay: 5, lastDay: 6, count: 1, gapDays: 0 },
    ]);
  });
});
