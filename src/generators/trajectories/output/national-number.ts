import { nhsNumber } from '../demographics/nhs-number.js';
import type { Patient } from '../population/population.js';

/** Persons of one place who have a national number of their own. */
const numbersPerPlace = 6;

/** From the ranges that are kept for tests: NHS numbers from 999, or social security numbers from 999, which is no area. */
export function nationalNumber({ place, ordinal }: Patient, country: string): string {
  if (ordinal >= numbersPerPlace) return '';
  const serial = place * numbersPerPlace + ordinal;
  if (country === 'GB') return nhsNumber(serial) ?? '';
  if (serial >= 99 * 9999) return '';
  const [group, last] = [1 + Math.floor(serial / 9999), 1 + (serial % 9999)];
  return `999-${String(group).padStart(2, '0')}-${String(last).padStart(4, '0')}`;
}

/** How an adult is addressed. */
export function prefixOf({ person, demographics }: Patient): string {
  const age = person.getByName('age');
  if (typeof age !== 'number' || age < 18) return '';
  return demographics.sex === 'M' ? 'Mr' : 'Ms';
}
