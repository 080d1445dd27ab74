/** From here on `toFixed` writes exponents; doubles of this size are whole numbers. */
const exponentFrom = 1e21;

/**
 * A number with exactly `decimals` digits after the point, the same on every machine; never "-0" and never an exponent.
 * @throws {RangeError} when the number is not finite
 */
export function numberText(value: number, decimals: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} cannot be written as a plain number.`);
  if (Math.abs(value) >= exponentFrom)
    return `${BigInt(value)}${decimals > 0 ? `.${'0'.repeat(decimals)}` : ''}`;
  const text = value.toFixed(decimals);
  return text.startsWith('-') && !/[1-9]/.test(text) ? text.slice(1) : text;
}
