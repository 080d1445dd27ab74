import type { SubjectSplit } from '../table/split-subjects.js';
import { middleHash } from './people-key.js';

/**
 * Halves of the people that are the same halves in every extract: who is on which side follows from the person's keyed
 * hash alone, and not from who else is there. Both sides get as many people; of the larger one those nearest to the
 * middle are on neither, rather than on the other.
 * @param people the keyed hash of the person of each row
 */
export function splitPeople(people: ArrayLike<number>): SubjectSplit {
  const all = Float64Array.from(new Set(Array.from(people))).sort();
  const lower = all.filter((hash) => hash < middleHash);
  const upper = all.filter((hash) => hash >= middleHash);
  const count = Math.min(lower.length, upper.length);
  const learned = new Set(lower.subarray(0, count));
  const held = new Set(upper.subarray(upper.length - count));
  const placesOf = (side: ReadonlySet<number>): Int32Array =>
    Int32Array.from(Array.from(people).flatMap((hash, row) => (side.has(hash) ? [row] : [])));
  return { train: placesOf(learned), holdout: placesOf(held) };
}
