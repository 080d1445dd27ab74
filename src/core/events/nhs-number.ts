export const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number';

/**
 * The check digit of nine digits, modulus 11 (NHS Data Dictionary, NHS NUMBER): weights 10 to 2, 11 stands for 0.
 * @returns 0 to 9, or 10 for a number that cannot exist
 */
export function nhsCheckDigit(nine: string): number {
  let sum = 0;
  for (let index = 0; index < 9; index += 1) sum += (10 - index) * (nine.charCodeAt(index) - 48);
  return (11 - (sum % 11)) % 11;
}

/** Whether nobody has or will have this number: 999 000 0000 to 999 999 9999 with a right check digit. */
export function isTestNhsNumber(value: string): boolean {
  return /^999\d{7}$/.test(value) && nhsCheckDigit(value) === Number(value.charAt(9));
}
