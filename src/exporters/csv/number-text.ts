/**
 * A number with exactly `decimals` digits after the point, the same on every machine; never "-0" and never an exponent.
 * @throws {RangeError} when the number is not finite or too large to be written digit by digit
 */
export function numberText(value: number, decimals: number): string {
  if (!(Math.abs(value) < 1e21)) throw new RangeError(`${value} cannot be written as a plain number.`);
  const text = value.toFixed(decimals);
  return text.startsWith('-') && !/[1-9]/.test(text) ? text.slice(1) : text;
}
