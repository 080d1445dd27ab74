import type { Identifier } from '../../core/events/person.js';

const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number';
const weights = [10, 9, 8, 7, 6, 5, 4, 3, 2];

/**
 * Can nobody have this number? Those of the NHS are of the range 999 000 0000 to 999 999 9999, which is kept for tests,
 * with the check digit of the NHS Data Dictionary (modulus 11). Numbers of other systems are not known here.
 */
export function isReservedNumber({ system, value }: Identifier): boolean {
  if (system !== nhsNumberSystem) return true;
  if (!/^999\d{7}$/.test(value)) return false;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(value[index]), 0);
  return (11 - (sum % 11)) % 11 === Number(value[9]);
}
