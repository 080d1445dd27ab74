import { RestartBudget } from '../../src/commands/restart-budget.js';

describe('the restart budget', () => {
  it('allows five restarts a minute, and more once the minute has passed', () => {
    let nowMs = 0;
    const budget = new RestartBudget(() => nowMs);
    const spent = Array.from({ length: 6 }, () => {
      nowMs += 1000;
      return budget.spend();
    });
    expect(spent).toEqual([true, true, true, true, true, false]);

    nowMs = 61_001;
    expect(budget.spend()).toBe(true);
    expect(budget.spend()).toBe(false);
  });
});
