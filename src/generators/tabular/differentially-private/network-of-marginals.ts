import { cellMap, sumOnto, tableCells } from '../../../core/marginals/cell-map.js';
import type { FittedMarginals } from '../../../core/marginals/fit-marginals.js';
import { cumulativeRows } from '../network/network-model.js';
import type { NetworkColumn } from '../network/network-model.js';
import type { GroupedTable } from './grouped-table.js';

/**
 * The same law as columns made one after the other: clique by clique from the top, each of its new columns given those
 * of the clique that are there already.
 */
export function networkOfMarginals(
  { columns, sizes }: GroupedTable,
  fitted: FittedMarginals,
): NetworkColumn[] {
  const made: NetworkColumn[] = [];
  const placeOfAxis = new Map<number, number>();
  for (const [place, { axes }] of fitted.tree.cliques.entries()) {
    const counts = fitted.counts[place] ?? new Float64Array();
    const known = axes.filter((axis) => placeOfAxis.has(axis));
    for (const axis of axes.filter((each) => !placeOfAxis.has(each))) {
      const grouped = columns[axis];
      if (!grouped) continue;
      const { schema, domain } = grouped.column;
      const around = [...known, axis];
      const table = sumOnto(counts, cellMap(axes, around, sizes), tableCells(around, sizes));
      made.push({
        name: schema.name,
        type: schema.type,
        domain,
        groups: grouped.groups,
        parents: known.map((parent) => placeOfAxis.get(parent) ?? 0),
        cumulative: cumulativeRows(table, sizes[axis] ?? 1),
      });
      placeOfAxis.set(axis, made.length - 1);
      known.push(axis);
    }
  }
  return made;
}
