/**
 * Whether a number is an NHS number that nobody has or will have: 999 000 0000 to 999 999 9999 with a right check digit.
 * The check is modulus 11 (NHS Data Dictionary, NHS NUMBER): weights 10 to 2, the check digit brings the sum to 0; a
 * check digit of 10 is not used.
 */
export function isTestNhsNumber(value: string): boolean {
  if (!/^999\d{7}$/.test(value)) return false;
  const sum = Array.from(value.slice(0, 9), Number).reduce(
    (total, digit, place) => total + digit * (10 - place),
    0,
  );
  return (11 - (sum % 11)) % 11 === Number(value.charAt(9));
}
