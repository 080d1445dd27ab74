const multiplied = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
  [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
  [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
  [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
  [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
  [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
  [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
  [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
  [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
];
const permuted = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/** Whether the last digit of a SNOMED CT identifier is that of Verhoeff's scheme (the dihedral group of ten). */
export function snomedCheckDigitHolds(code: string): boolean {
  if (!/^\d{6,18}$/.test(code)) return false;
  let check = 0;
  Array.from(code).reverse().forEach((digit, position) => {
    let value = Number(digit);
    for (let turn = 0; turn < position % 8; turn += 1) value = permuted[value] ?? 0;
    check = multiplied[check]?.[value] ?? 0;
  });
  return check === 0;
}

/** Whether the digit after the hyphen of a LOINC code is that of Luhn's scheme (modulus 10). */
export function loincCheckDigitHolds(code: string): boolean {
  const parts = /^(\d{1,7})-(\d)$/.exec(code);
  if (parts?.[1] === undefined) return false;
  const sum = Array.from(parts[1]).reverse().reduce((total, digit, position) => {
    const value = Number(digit) * (position % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return (10 - (sum % 10)) % 10 === Number(parts[2]);
}
