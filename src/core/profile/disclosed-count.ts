import type { DisclosureControl } from './profile.js';

type Rounding = Pick<DisclosureControl, 'cellCountMin' | 'countRounding'>;

/** The count as published: 0 under the floor, else the nearest multiple of `countRounding` (never 0). */
export function disclosedCount(count: number, { cellCountMin, countRounding }: Rounding): number {
  if (count < cellCountMin) return 0;
  return Math.max(1, Math.round(count / countRounding)) * countRounding;
}

/** What a column says about its present and its missing cells. Neither lets the other be found by subtraction. */
export interface PresenceCounts {
  readonly count: number;
  readonly missingCount: number | null;
}

export function disclosePresence(present: number, missing: number, control: Rounding): PresenceCounts {
  const rows = disclosedCount(present + missing, control);
  // A few present cells among many missing ones (or the reverse) would show as the difference to the row count.
  if (present < control.cellCountMin) return { count: 0, missingCount: rows };
  if (missing > 0 && missing < control.cellCountMin) return { count: rows, missingCount: null };
  return { count: disclosedCount(present, control), missingCount: disclosedCount(missing, control) };
}
