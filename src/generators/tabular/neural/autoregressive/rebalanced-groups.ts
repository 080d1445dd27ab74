import { ParameterError } from '../../parameter-error.js';
import type { AutoregressiveColumn } from './model.js';
import type { Rebalance } from './sampling-parameters.js';
import { groupShare } from './restricted-cells.js';

/** The running shares of the groups of a rebalanced column; a group has the shares of all its categories. */
export function rebalancedShares(
  { groups, domain }: AutoregressiveColumn,
  { shares }: Rebalance,
): Float64Array {
  const size = groups.starts.length - 1;
  const weights = new Float64Array(size);
  const values = domain.kind === 'categories' ? domain.values : [];
  for (const [category, share] of Object.entries(shares)) {
    const cell = values.indexOf(category);
    for (let group = 0; group < size; group += 1)
      if (groupShare(groups, group, (candidate) => candidate === cell) > 0)
        weights[group] = (weights[group] ?? 0) + share;
  }
  return weights;
}

/** @throws {ParameterError} when there is no such column, or no such category of it stands by itself */
export function requireRebalance(
  columns: readonly AutoregressiveColumn[],
  rebalance: Rebalance | null,
): void {
  if (!rebalance) return;
  const column = columns.find(({ name }) => name === rebalance.column);
  if (!column) throw new ParameterError('rebalance', `there is no column "${rebalance.column}"`);
  if (column.domain.kind !== 'categories')
    throw new ParameterError('rebalance', `"${rebalance.column}" has no categories`);
  const { groups, domain } = column;
  for (const category of Object.keys(rebalance.shares)) {
    const cell = domain.values.indexOf(category);
    const isAlone = Array.from({ length: groups.starts.length - 1 }, (_, group) => group).some(
      (group) => groupShare(groups, group, (candidate) => candidate === cell) === 1,
    );
    if (!isAlone)
      throw new ParameterError('rebalance', `"${category}" is no category that was learned by itself`);
  }
}
