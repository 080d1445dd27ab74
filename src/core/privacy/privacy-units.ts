/**
 * Amounts of rho or epsilon in units of 2^-80: whole numbers, so that sums are exact and every rounding can go to the
 * side of the subjects.
 */
export type PrivacyUnits = bigint;

export const unitsPerOne: PrivacyUnits = 1n << 80n;

/** @param amount 0 or more, and finite */
export function unitsRoundedDown(amount: number): PrivacyUnits {
  if (!(amount >= 0 && Number.isFinite(amount))) throw new RangeError(`${amount} is no amount of privacy.`);
  // A power of two moves no digit of a double.
  return BigInt(Math.floor(amount * 2 ** 80));
}

/** The smallest double that is not below the amount. */
export function amountRoundedUp(units: PrivacyUnits): number {
  const nearest = Number(units) / 2 ** 80;
  return unitsRoundedDown(nearest) < units ? nearest * (1 + Number.EPSILON) : nearest;
}

/** The quotient rounded up; both above 0. */
export function dividedUp(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator;
}
