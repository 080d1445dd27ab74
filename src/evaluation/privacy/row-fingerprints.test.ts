import { FingerprintSet } from './fingerprint-set.js';
import { RowFingerprints } from './row-fingerprints.js';

const rows = 100_000;

function fingerprintsOf(...columns: readonly ((row: number) => number)[]): RowFingerprints {
  const fingerprints = new RowFingerprints(rows);
  for (const column of columns) fingerprints.addColumn(column);
  return fingerprints;
}

describe('the fingerprints of rows', () => {
  it.each<[string, (row: number) => number]>([
    ['small numbers', (row) => row],
    ['numbers beyond 32 bits', (row) => row * 2 ** 32],
    ['negative numbers', (row) => -row * 1000],
  ])('differ in each lane for %s', (_, column) => {
    const { high, low } = fingerprintsOf(column, () => 7);
    // Of 1e5 random 32-bit words 1.2 pairs are expected to meet; P(Poisson(1.2) > 12) < 1e-8.
    expect(rows - new Set(high).size).toBeLessThanOrEqual(12);
    expect(rows - new Set(low).size).toBeLessThanOrEqual(12);
  });

  it('know which column a value is in', () => {
    const one = fingerprintsOf(
      (row) => row,
      () => 0,
    );
    const other = fingerprintsOf(
      () => 0,
      (row) => row,
    );
    expect(one.high[5]).not.toBe(other.high[5]);
    expect(one.low[5]).not.toBe(other.low[5]);
  });

  it('are held in a set by both lanes, each distinct row once', () => {
    const distinct: number[] = [];
    const fingerprints = { high: Uint32Array.of(1, 1, 2, 1), low: Uint32Array.of(1, 2, 1, 1) };
    const set = new FingerprintSet(fingerprints, (row) => distinct.push(row));
    expect(distinct).toEqual([0, 1, 2]);
    expect([set.has(1, 2), set.has(2, 2), set.has(0, 0)]).toEqual([true, false, false]);
    expect(new FingerprintSet({ high: new Uint32Array(), low: new Uint32Array() }, () => 0).has(0, 0)).toBe(
      false,
    );
  });
});
