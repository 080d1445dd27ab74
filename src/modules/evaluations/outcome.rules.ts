import type { Check, CheckStatus } from '../../evaluation/check.js';

/** The worst status. No checks at all are a fail: nothing was shown. */
export function outcomeOf(checks: readonly Check[]): CheckStatus {
  if (checks.length === 0 || checks.some(({ status }) => status === 'fail')) return 'fail';
  return checks.some(({ status }) => status === 'review') ? 'review' : 'pass';
}

/** What stands for the checks when they could not be run: a fail, with the reason. */
export function checksThatDidNotRun(names: readonly string[], reason: string): Check[] {
  return names.map((name) => ({
    name,
    value: null,
    direction: 'higher',
    threshold: { pass: 0, fail: 0 },
    status: 'fail',
    explanation: `This check did not run and counts as failed. ${reason}`,
  }));
}

/** A check that is needed and not among those that ran stands as failed. */
export function withMissing(checks: readonly Check[], needed: readonly string[]): Check[] {
  const ran = new Set(checks.map(({ name }) => name));
  const missing = needed.filter((name) => !ran.has(name));
  return [...checks, ...checksThatDidNotRun(missing, 'It is missing from the evaluation.')];
}
