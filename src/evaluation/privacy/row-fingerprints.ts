import type { CellKey } from './cell-key.js';
import type { Fingerprints } from './fingerprint-set.js';

/**
 * Fingerprints of rows that are fed one column at a time, so that memory is 8 bytes a row however many columns.
 *
 * Two lanes of MurmurHash3 (32 bit, body step) with different constants and seeds, 64 bits together. For s source
 * and c candidate rows that all differ, a false match has probability of about s * c / 2^64: 5e-8 for a million
 * each. A false match could only make the check stricter, so suspected copies are not looked up again.
 */
export class RowFingerprints implements Fingerprints {
  readonly high: Uint32Array;
  readonly low: Uint32Array;

  constructor(rows: number) {
    this.high = new Uint32Array(rows).fill(0x9747b28c);
    this.low = new Uint32Array(rows).fill(0x3c6ef372);
  }

  addColumn(key: CellKey): void {
    const { high, low } = this;
    for (let row = 0; row < high.length; row++) {
      const number = key(row);
      const upper = Math.floor(number / 0x1_0000_0000) | 0;
      const lower = number | 0;
      high[row] = laneA(laneA(high[row] ?? 0, lower), upper);
      low[row] = laneB(laneB(low[row] ?? 0, upper), lower);
    }
  }
}

function laneA(state: number, word: number): number {
  const mixed = Math.imul(rotate(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
  return (Math.imul(rotate(state ^ mixed, 13), 5) + 0xe6546b64) | 0;
}

function laneB(state: number, word: number): number {
  const mixed = Math.imul(rotate(Math.imul(word, 0x85ebca6b), 17), 0xc2b2ae35);
  return (Math.imul(rotate(state ^ mixed, 11), 9) + 0x27d4eb2f) | 0;
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
