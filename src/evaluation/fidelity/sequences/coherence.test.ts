import { Random } from '../../../core/random/random.js';
import type { Variable } from '../variable.js';
import { coherence } from './coherence.js';
import type { OrderedTable } from './coherence.js';

const sequences = 400;
const rowsEach = 6;
const random = Random.fromSeed('coherence test');
const keys = Array.from({ length: sequences * rowsEach }, (_, row) => `s${Math.floor(row / rowsEach)}`);

/** A ward that stays for all of a stay or is drawn anew in each row, and a value that moves little from row to row or jumps. */
function stays(isWhole: boolean): OrderedTable {
  const values = new Float64Array(keys.length);
  const codes = new Int32Array(keys.length);
  keys.forEach((_, row) => {
    const isFirst = row % rowsEach === 0;
    const held = isWhole && !isFirst;
    codes[row] = held ? (codes[row - 1] ?? 0) : random.integerBelow(4);
    values[row] = held ? (values[row - 1] ?? 0) + random.uniform() : 100 * random.uniform();
  });
  const ward: Variable = { kind: 'discrete', codes, dictionary: ['a', 'b', 'c', 'd'] };
  return {
    keys,
    columns: new Map<string, Variable>([
      ['ward', ward],
      ['value', { kind: 'continuous', values }],
    ]),
  };
}

const one = Random.fromSeed('draws');

describe('coherence of sequences', () => {
  it('is near its ceiling for sequences of the same kind, and far below when rows do not hang together', () => {
    const real = stays(true);
    const alike = coherence(real, stays(true), one)!;
    expect(alike.accuracy).toBeGreaterThan(alike.ceiling - 0.05);
    expect(alike.ceiling).toBeLessThan(1);
    const apart = coherence(real, stays(false), one)!;
    expect(apart.accuracy).toBeLessThan(0.6);
  });

  it('is 1 for the table itself only as far as the same rows are drawn', () => {
    const real = stays(true);
    expect(coherence(real, real, one)!.accuracy).toBeGreaterThan(0.9);
  });

  it('counts the categories within a sequence, and the sequences of a category, by hand', () => {
    const table = (codes: number[]): OrderedTable => ({
      keys: ['x', 'x', 'y', 'y'],
      columns: new Map([
        ['c', { kind: 'discrete', codes: Int32Array.from(codes), dictionary: ['p', 'q'] } as const],
      ]),
    });
    // Categories of fewer than five rows are one when neighbours are compared: 1. Real sequences have one value and two,
    // the others one each: 1/2. Real entries are p, p and q, the others p and q: 1 - 1/6.
    const found = coherence(table([0, 0, 0, 1]), table([0, 0, 1, 1]), one)!;
    expect(found.accuracy).toBeCloseTo((1 + 1 / 2 + 5 / 6) / 3, 12);
  });

  it('does not exist where no sequence has two rows, or nothing is in common', () => {
    const lonely: OrderedTable = { ...stays(true), keys: keys.map((_, row) => `${row}`) };
    expect(coherence(lonely, stays(true), one)).toBeNull();
    expect(coherence(stays(true), { keys, columns: new Map() }, one)).toBeNull();
  });
});
