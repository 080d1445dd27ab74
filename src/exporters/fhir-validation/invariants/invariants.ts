import type { Fields } from '../compile/run.js';
import { administrativeInvariants } from './administrative.js';
import { clinicalInvariants } from './clinical.js';
import { dataTypeInvariants } from './data-types.js';

const all = new Map(
  Object.entries({ ...dataTypeInvariants, ...clinicalInvariants, ...administrativeInvariants }),
);

/** Stated where the value is, not on the object that has it: the object has to be looked at. */
const ofWholeResource: ReadonlySet<string> = new Set(['vs-1']);

/** How many there are. */
export const invariantCount = all.size;

/** The code of an invariant at an element; undefined where there is none or where it is stated again for a part. */
export function invariantOf(key: string, elementId: string): ((it: Fields) => boolean) | undefined {
  if (key === 'ext-1' && elementId !== 'Extension') return undefined;
  return ofWholeResource.has(key) ? undefined : all.get(key);
}

/** Invariants of a part that are checked on the whole object; undefined for others. */
export function wholeInvariantOf(key: string): ((it: Fields) => boolean) | undefined {
  return ofWholeResource.has(key) ? all.get(key) : undefined;
}
