import { fitMarginals } from '../../../core/marginals/fit-marginals.js';
import { junctionTree } from '../../../core/marginals/junction-tree.js';
import { groupTable, measureGroups } from './grouped-table.js';
import { networkOfMarginals } from './network-of-marginals.js';
import { parsePrivateParameters, privateParametersSchema, wholeNumber } from './private-parameters.js';
import type { PrivateParameters } from './private-parameters.js';
import { privateNetwork } from './private-network.js';
import type { PrivateMethod } from './private-network.js';
import { reportStep } from './private-table.js';
import { chooseSpanningTree } from './spanning-tree.js';
import { TooManyColumnsError } from './too-many-columns-error.js';

interface MstParameters extends PrivateParameters {
  /** About how many groups of cells of a column are told apart from another column. */
  readonly groups: number;
}

const columnsMax = 256;
const iterations = 1500;
const deltaMin = 1e-12;
const groups = { minimum: 2, maximum: 200 };

/**
 * Noisy counts of every column, then of the pairs of a tree that was chosen by noise, and the law that fits them best.
 * McKenna, Miklau, Sheldon, "Winning the NIST contest: a scalable and general approach to differentially private
 * synthetic data", J. Privacy and Confidentiality 11(3), 2021 (MST). A third of the budget goes to each step.
 */
export const mstMethod: PrivateMethod<MstParameters> = {
  name: 'mst',
  version: '1.0.0',
  title: 'Pairs of columns in a tree, with differential privacy (MST)',
  schema: privateParametersSchema({
    deltaMin,
    more: { groups: { type: 'integer', ...groups, default: 50 } },
  }),
  parse: (given) => ({
    ...parsePrivateParameters(given, { deltaMin, more: ['groups'] }),
    groups: wholeNumber(given, 'groups', { ...groups, standard: 50 }),
  }),
  learn: async ({ columns, account }, parameters, options) => {
    if (columns.length > columnsMax) throw new TooManyColumnsError(columns.length, columnsMax);
    if (columns.length === 0) return [];
    const rho = account.left / 3n;
    // One column has no pair to spend the rest on.
    const ofColumns = columns.length === 1 ? account.left : rho;
    const table = groupTable(columns, account, { rho: ofColumns, groupsMax: parameters.groups });
    await reportStep(options, 0.1);
    const tree = chooseSpanningTree(table, account, rho);
    await reportStep(options, 0.4);
    const pairs = measureGroups(table, account, {
      sets: tree,
      rho: account.left,
      purpose: `counts of ${tree.length} pairs of columns`,
    });
    await reportStep(options, 0.5);
    const measurements = [...table.measured, ...pairs];
    const fitted = await fitMarginals({
      tree: junctionTree(tree, table.sizes),
      measurements,
      total: table.total,
      iterations,
      pause: (share) => reportStep(options, 0.5 + 0.5 * share),
    });
    await reportStep(options, 1);
    return networkOfMarginals(table, fitted);
  },
};

export const mst = privateNetwork(mstMethod);
