import type { MissingBitmap } from './table.js';

/** A bitmap for `rowCount` rows of which none is missing. */
export function createMissingBitmap(rowCount: number): MissingBitmap {
  return new Uint8Array((rowCount + 7) >> 3);
}

export function isMissing(missing: MissingBitmap, row: number): boolean {
  return (((missing[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;
}

export function markMissing(missing: MissingBitmap, row: number): void {
  missing[row >> 3] = (missing[row >> 3] ?? 0) | (1 << (row & 7));
}
