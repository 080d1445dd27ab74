import { isTestNhsNumber } from '../../../core/events/nhs-number.js';

/** What is wrong with the NHS number of somebody who is not; undefined when it is one of those never issued (999). */
export function refuseNhsNumber(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{10}$/.test(value)) return 'is not ten digits';
  if (!value.startsWith('999')) return 'is not in the range 999 that is never issued';
  return isTestNhsNumber(value) ? undefined : 'has a wrong check digit (modulus 11)';
}
