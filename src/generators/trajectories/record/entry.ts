import { noCodes } from '../codes.js';

export type EntryKind = 'condition' | 'allergy' | 'medication' | 'carePlan' | 'procedure' | 'device';

/** No row: a condition that nobody has diagnosed yet. */
export const noRow = -1;

/**
 * A handle on one row of the record: what `present` maps a code to, and what `assign_to_attribute` stores.
 * A provisional entry, of a condition that waits for its diagnosis, has no row.
 */
export class Entry {
  /** The number of the state that last started it. */
  state = -1;

  constructor(
    readonly kind: EntryKind,
    /** The row in the buffer of its kind, or {@link noRow}. */
    readonly row: number,
    /** The number of its list of codes. */
    readonly codes: number = noCodes,
    /** The key of its first code in `present`. */
    readonly key = -1,
  ) {}
}
