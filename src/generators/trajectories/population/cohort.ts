import type { Trajectory } from '../simulate-person.js';

/** Codes of conditions that a finished record has to have, all of them, and of those it must not have. */
export interface Cohort {
  readonly having: readonly string[];
  readonly without: readonly string[];
}

/** Whether a life belongs to a cohort: a condition counts when it was ever recorded, also when it is over. */
export function isInCohort({ person, record }: Trajectory, { having, without }: Cohort): boolean {
  const { codes } = person.names;
  const seen = new Set<number>();
  for (let row = 0; row < record.conditions.count; row += 1)
    seen.add(codes.keyOfList(record.conditions.codes.at(row)));
  const has = (code: string): boolean => {
    const key = codes.keys.find(code);
    return key >= 0 && seen.has(key);
  };
  return having.every(has) && !without.some(has);
}

/** The codes of a cohort that nothing of these modules can ever record. */
export function unknownCodes(
  { having, without }: Cohort,
  { keys }: { readonly keys: { find(code: string): number } },
): readonly string[] {
  return [...having, ...without].filter((code) => keys.find(code) < 0);
}
