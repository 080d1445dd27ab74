const day = 86_400_000;
const known = new Map<number, string>();
const knownMost = 60_000;

/** yyyy-mm-dd of a moment, in UTC; empty for NaN. */
export function dateOf(time: number): string {
  if (Number.isNaN(time)) return '';
  const number = Math.floor(time / day);
  const found = known.get(number);
  if (found !== undefined) return found;
  const text = new Date(number * day).toISOString().slice(0, 10);
  if (known.size < knownMost) known.set(number, text);
  return text;
}

/** yyyy-mm-ddThh:mm:ssZ of a moment; empty for NaN. */
export function momentOf(time: number): string {
  if (Number.isNaN(time)) return '';
  const seconds = Math.floor((time - Math.floor(time / day) * day) / 1000);
  const two = (value: number): string => (value < 10 ? `0${value}` : String(value));
  return `${dateOf(time)}T${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}Z`;
}
