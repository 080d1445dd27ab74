import type { Random } from '../../../core/random/random.js';

/** Each fact about a person has its own place in their stream, so that a new fact moves no other. */
const places = {
  ...{ area: 0, age: 1, birth: 2, ethnicity: 3, town: 4, deprivation: 5, oldAge: 6 },
  ...{ givenList: 7, givenName: 8, familyName: 9, house: 10, street: 11, postcode: 12 },
  ...{ education: 13, educationLevel: 14, income: 15, occupation: 16, practice: 17 },
} as const;

/** The uniform in (0, 1) that settles one fact. */
export function drawFor(random: Random, fact: keyof typeof places): number {
  return random.uniformAt(places[fact]);
}

/** The element that a uniform in (0, 1) falls on. */
export function elementAt<T>(elements: readonly T[], uniform: number): T | undefined {
  return elements[Math.floor(uniform * elements.length)];
}
