import { refusal } from '../refusal/refusal.js';
import { RefusedError } from '../refusal/refused-error.js';

const pageSizeMax = 200;

/** Every list is bounded. @throws {RefusedError} when more is asked for. */
export function pageSize(first: number): number {
  if (first >= 1 && first <= pageSizeMax) return first;
  throw new RefusedError(refusal('ROWS_OUT_OF_BOUNDS', `Ask for 1 to ${pageSizeMax} at a time.`, 'first'));
}
