import type { Random } from '../../../core/random/random.js';
import { drawFor } from './person-draws.js';

/** The group "90 and over" is spread by this yearly survival (ONS life tables, 90 to 100 years, both sexes). */
const survivalAfter90 = 0.8;
const ageMost = 110;

/** An age in whole years; from 90 on the group of all who are as old or older. */
export function exactAge(age: number, ageLow: number, ageHigh: number, random: Random): number {
  if (age < 90) return age;
  const [low, high] = [Math.max(age, ageLow), Math.min(ageMost, Math.max(ageLow, ageHigh))];
  // The share that is left at the end is the truncation of a geometric distribution.
  const all = 1 - Math.pow(survivalAfter90, high - low + 1);
  const years = Math.floor(Math.log(1 - drawFor(random, 'oldAge') * all) / Math.log(survivalAfter90));
  return low + Math.min(years, high - low);
}

/** A moment of birth (whole seconds), each equally likely, of somebody who is `age` at the reference date. */
export function birthFor(age: number, referenceDate: number, random: Random): number {
  const latest = yearsBefore(referenceDate, age);
  const earliest = yearsBefore(referenceDate, age + 1);
  const seconds = (latest - earliest) / 1000;
  return latest - 1000 * Math.floor(drawFor(random, 'birth') * seconds);
}

function yearsBefore(time: number, years: number): number {
  const at = new Date(time);
  return Date.UTC(at.getUTCFullYear() - years, at.getUTCMonth(), at.getUTCDate());
}
