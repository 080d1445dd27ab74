import type { Random } from '../../../core/random/random.js';
import { noScore } from '../../score.js';
import type { Score } from '../../score.js';
import { jointAccuracy } from '../accuracy/accuracy.js';
import type { BothCoded } from '../accuracy/accuracy.js';
import type { Coded } from '../pairs/coded.js';

/** SDNist's score of all pairs of columns: (2 - mean sum of absolute differences of shares) x 500, 0 to 1000. */
export function kMarginal(columns: readonly BothCoded[]): Score {
  if (columns.length < 2) return noScore('There are fewer than two columns.');
  const isEmpty = columns.some(
    ({ original, synthetic }) => original.codes.length * synthetic.codes.length === 0,
  );
  if (isEmpty) return noScore('A table has no row.');
  let sum = 0;
  let pairs = 0;
  columns.forEach((first, at) => {
    for (const second of columns.slice(at + 1)) {
      sum += jointAccuracy([first, second]).accuracy;
      pairs += 1;
    }
  });
  return { value: (1000 * sum) / pairs };
}

const shares: readonly number[] = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];

/** The largest share of the real records, drawn without replacement, whose own score is no better. */
export function equivalentShare(columns: readonly BothCoded[], random: Random): Score {
  const wanted = kMarginal(columns);
  if (wanted.value === null) return wanted;
  const rowCount = columns[0]?.original.codes.length ?? 0;
  const order = shuffledRows(rowCount, random);
  const isReached = (share: number, score: number): boolean => {
    const rows = order.subarray(0, Math.max(1, Math.round(share * rowCount)));
    const sample = columns.map(({ original }) => ({ original, synthetic: gatherCodes(original, rows) }));
    return (kMarginal(sample).value ?? Infinity) <= score;
  };
  // A larger sample scores better, so halving finds the place.
  let [reached, open] = [0, shares.length];
  while (reached < open) {
    const middle = (reached + open) >> 1;
    if (isReached(shares[middle] ?? 1, wanted.value)) reached = middle + 1;
    else open = middle;
  }
  return { value: shares[reached - 1] ?? 0 };
}

function gatherCodes({ codes, size }: Coded, rows: Int32Array): Coded {
  return { codes: rows.map((row) => codes[row] ?? 0), size };
}

function shuffledRows(rowCount: number, random: Random): Int32Array {
  const rows = Int32Array.from({ length: rowCount }, (_, row) => row);
  for (let at = rowCount - 1; at > 0; at -= 1) {
    const other = random.integerBelow(at + 1);
    const row = rows[at] ?? 0;
    rows[at] = rows[other] ?? 0;
    rows[other] = row;
  }
  return rows;
}
