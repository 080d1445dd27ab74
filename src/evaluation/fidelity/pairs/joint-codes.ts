import type { DiscreteVariable } from '../variable.js';
import type { Coded } from './coded.js';

/** Codes of one dictionary for both tables, the last code being "missing". */
export function jointCodes(
  real: DiscreteVariable,
  synthetic: DiscreteVariable,
): { readonly real: Coded; readonly synthetic: Coded } {
  const places = new Map<string, number>();
  for (const { dictionary } of [real, synthetic]) {
    for (const category of dictionary) if (!places.has(category)) places.set(category, places.size);
  }
  const size = places.size + 1;
  const coded = ({ codes, dictionary }: DiscreteVariable): Coded => {
    const place = Int32Array.from(dictionary, (category) => places.get(category) ?? 0);
    return { codes: codes.map((code) => (code < 0 ? size - 1 : (place[code] ?? 0))), size };
  };
  return { real: coded(real), synthetic: coded(synthetic) };
}
