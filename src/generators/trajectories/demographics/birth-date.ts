import type { Random } from '../../../core/random/random.js';
import { drawFor } from './person-draws.js';

const day = 86_400_000;
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

/** A day of birth, each equally likely, of somebody who is `age` on the reference date. */
export function birthDateFor(age: number, referenceDate: number, random: Random): number {
  const latest = yearsBefore(referenceDate, age);
  const earliest = yearsBefore(referenceDate, age + 1) + day;
  const days = Math.round((latest - earliest) / day) + 1;
  return earliest + Math.floor(drawFor(random, 'birthDay') * days) * day;
}

function yearsBefore(time: number, years: number): number {
  const at = new Date(time);
  return Date.UTC(at.getUTCFullYear() - years, at.getUTCMonth(), at.getUTCDate());
}
