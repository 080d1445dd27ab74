const tiny = 1e-300;
const precision = 1e-16;
const termsMax = 10_000;

/**
 * b0 + a1 / (b1 + a2 / (b2 + ...)) by the modified Lentz method.
 * @param term a and b of the given place, from 1 on
 */
export function continuedFraction(
  b0: number,
  term: (place: number) => { readonly a: number; readonly b: number },
): number {
  let value = b0 === 0 ? tiny : b0;
  let c = value;
  let d = 0;
  for (let place = 1; place < termsMax; place += 1) {
    const { a, b } = term(place);
    d = 1 / away(b + a * d);
    c = away(b + a / c);
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < precision) break;
  }
  return value;
}

function away(value: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}
