import { isTestNhsNumber, nhsNumberSystem } from '../../core/events/nhs-number.js';
import type { Identifier } from '../../core/events/person.js';

/** Can nobody have this number? Numbers of other systems than that of the NHS are not known here. */
export function isReservedNumber({ system, value }: Identifier): boolean {
  return system !== nhsNumberSystem || isTestNhsNumber(value);
}
