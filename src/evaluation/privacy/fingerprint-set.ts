/** 64 bits a row in two lanes. Rows are equal when both lanes are. */
export interface Fingerprints {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

/** The distinct fingerprints of a table, in 4 to 8 bytes a row beyond the lanes; a Set ends at 16.7 million. */
export class FingerprintSet {
  readonly #slots: Int32Array;
  readonly #rows: Fingerprints;

  /** `onDistinct` hears of the first row of each kind. */
  constructor(rows: Fingerprints, onDistinct: (row: number) => void) {
    this.#rows = rows;
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(2, 2 * rows.high.length)))).fill(-1);
    for (let row = 0; row < rows.high.length; row++) {
      const slot = this.#slotOf(rows.high[row] ?? 0, rows.low[row] ?? 0);
      if (this.#slots[slot] !== -1) continue;
      this.#slots[slot] = row;
      onDistinct(row);
    }
  }

  has(high: number, low: number): boolean {
    return this.#slots[this.#slotOf(high, low)] !== -1;
  }

  /** The slot that holds the fingerprint, or the free one where it would go. At most half of the slots are taken. */
  #slotOf(high: number, low: number): number {
    const mask = this.#slots.length - 1;
    let slot = (high ^ (low << 7)) & mask;
    for (;;) {
      const row = this.#slots[slot] ?? -1;
      if (row === -1 || (this.#rows.high[row] === high && this.#rows.low[row] === low)) return slot;
      slot = (slot + 1) & mask;
    }
  }
}
