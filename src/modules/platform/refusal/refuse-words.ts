import { type Refusal, refusal } from './refusal.js';

/** Fewest and most characters of a text in which somebody explains something. */
interface Lengths {
  readonly min: number;
  readonly max: number;
}

const usual: Lengths = { min: 10, max: 4_000 };

/**
 * Is something said, and not too much? Blanks at the ends count for nothing.
 * @param ask what to say, in a sentence with the bounds, such as "10 to 4000 characters"
 */
export function refuseWords(
  text: string,
  ask: (bounds: string) => string,
  place: string,
  { min, max }: Lengths = usual,
): Refusal | null {
  const { length } = text.trim();
  if (length >= min && length <= max) return null;
  return refusal('INCOMPLETE', ask(`${min} to ${max} characters`), place);
}
