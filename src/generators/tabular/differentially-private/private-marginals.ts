import { cumulativeRows, singleCells } from '../network/network-model.js';
import { nearestCounts } from './nearest-counts.js';
import type { PrivateMethod } from './private-network.js';
import { privateNetwork } from './private-network.js';
import { parsePrivateParameters, privateParametersSchema } from './private-parameters.js';
import { countCells, reportStep } from './private-table.js';

/**
 * Every column by itself from noisy counts of its cells: Gaussian noise, or Laplace noise when no delta is allowed.
 * The independent mode of DataSynthesizer, with the domain public and all that is published paid for.
 */
export const privateMarginalsMethod: PrivateMethod = {
  name: 'dp-independent-marginals',
  version: '1.0.0',
  title: 'Independent columns with differential privacy',
  schema: privateParametersSchema({ deltaMin: 0 }),
  parse: (given) => parsePrivateParameters(given, { deltaMin: 0 }),
  learn: async ({ columns, account }, _, options) => {
    const counts = columns.map(countCells);
    const purpose = `counts of ${columns.length} columns`;
    if (columns.length === 0) return [];
    const { tables } =
      account.kind === 'pure'
        ? account.laplaceTables(purpose, counts, account.left)
        : account.gaussianTables(purpose, counts, account.left);
    await reportStep(options, 1);
    const total = Math.max(1, meanSum(tables));
    return columns.map(({ schema: { name, type }, domain }, place) => {
      const shares = nearestCounts(tables[place] ?? new Float64Array(), total);
      return {
        name,
        type,
        domain,
        groups: singleCells(shares.length),
        parents: [],
        cumulative: cumulativeRows(shares, shares.length),
      };
    });
  },
};

export const privateMarginals = privateNetwork(privateMarginalsMethod);

function meanSum(tables: readonly Float64Array[]): number {
  const sums = tables.map((table) => table.reduce((sum, count) => sum + count, 0));
  return sums.reduce((sum, one) => sum + one, 0) / tables.length;
}
