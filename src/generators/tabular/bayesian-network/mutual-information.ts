import { countCodes } from '../../../core/marginals/count-codes.js';
import type { CodedRows } from '../../../core/marginals/count-codes.js';
import type { Family } from './grow-network.js';

/** How much knowing the parents tells of the child, in nats: 0 where they are independent. */
export type Information = (family: Family) => number;

/** @returns the mutual information of the empirical law; what it takes to know it is counted once */
export function mutualInformation(rows: CodedRows): Information {
  const known = new Map<string, number>();
  const entropyOf = (axes: readonly number[]): number => {
    const sorted = [...axes].sort((a, b) => a - b);
    const key = sorted.join();
    const entropy = known.get(key) ?? entropyOfCounts(countCodes(rows, sorted));
    known.set(key, entropy);
    return entropy;
  };
  return ({ child, parents }) =>
    Math.max(0, entropyOf([child]) + entropyOf(parents) - entropyOf([child, ...parents]));
}

function entropyOfCounts(counts: Int32Array): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return 0;
  let sum = 0;
  for (const count of counts) if (count > 0) sum += count * Math.log(count);
  return Math.log(total) - sum / total;
}
