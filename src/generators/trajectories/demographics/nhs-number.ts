import { nhsCheckDigit } from '../../../core/events/nhs-number.js';

/** Numbers that {@link nhsNumber} can give. */
export const nhsNumbers = 900_000;

/**
 * A number of the range 999 000 0000 to 999 999 9999, which the NHS keeps for tests and gives to no patient, with the
 * modulus 11 check digit of the NHS Data Dictionary.
 * @param serial another serial has another number; null at {@link nhsNumbers} and above
 */
export function nhsNumber(serial: number): string | null {
  if (serial >= nhsNumbers) return null;
  const stem = `999${String(Math.floor(serial / 9)).padStart(5, '0')}`;
  // Of the ten last digits one at most has no check digit (it would be 10), so nine serials fit into each stem.
  let left = serial % 9;
  for (let last = 0; ; last += 1) {
    const digits = `${stem}${last}`;
    const check = nhsCheckDigit(digits);
    if (check === 10) continue;
    if (left === 0) return `${digits}${check}`;
    left -= 1;
  }
}
