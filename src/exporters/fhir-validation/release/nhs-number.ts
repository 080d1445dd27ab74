export const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number';

/** What is wrong with the NHS number of somebody who is not; undefined when it is one of those never issued (999). */
export function refuseNhsNumber(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{10}$/.test(value)) return 'is not ten digits';
  if (!value.startsWith('999')) return 'is not in the range 999 that is never issued';
  return hasCheckDigit(value) ? undefined : 'has a wrong check digit (modulus 11)';
}

/** Modulus 11 as in the NHS Data Dictionary: weights 10 to 2, 11 stands for 0, and 10 is never a check digit. */
function hasCheckDigit(value: string): boolean {
  let sum = 0;
  for (let index = 0; index < 9; index += 1) sum += (10 - index) * (value.charCodeAt(index) - 48);
  return (11 - (sum % 11)) % 11 === value.charCodeAt(9) - 48;
}
