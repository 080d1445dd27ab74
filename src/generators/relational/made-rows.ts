import type { LinkedRows } from './link-rows.js';
import { sequencePlaces } from './arrange-rows.js';
import type { SequencePlaces } from './arrange-rows.js';
import type { TablePlan } from './plan-dataset.js';

/** The rows of a table that are about to be made, and whom they belong to. */
export interface RowsToMake {
  readonly linked: Pick<LinkedRows, 'owner' | 'ownerRow' | 'unit' | 'ancestors'>;
  readonly sequence: SequencePlaces;
}

/** What the rows of a table to come are counted from. */
interface CountedParent {
  readonly linked: RowsToMake['linked'];
  /** By relation: children of each row. */
  readonly counts: ReadonlyMap<number, Int32Array>;
}

/** @param units the numbers of the root rows */
export function rootRows({ ancestors }: TablePlan, units: Int32Array): RowsToMake {
  const none = units.map(() => -1);
  const linked = {
    owner: new Int32Array(units.length),
    ownerRow: none,
    unit: units,
    ancestors: new Map(ancestors.map((name) => [name, none])),
  };
  return { linked, sequence: sequencePlaces(linked) };
}

/** As many rows as every parent was given, those of a subject together. */
export function ownedRows(
  { owners, ancestors }: TablePlan,
  parents: ReadonlyMap<string, CountedParent>,
): RowsToMake {
  const groups: { unit: number; owner: number; ownerRow: number; count: number }[] = [];
  for (const [owner, { id, parent }] of owners.entries()) {
    const made = parents.get(parent);
    made?.counts.get(id)?.forEach((count, ownerRow) => {
      if (count > 0) groups.push({ unit: made.linked.unit[ownerRow] ?? -1, owner, ownerRow, count });
    });
  }
  groups.sort((a, b) => a.unit - b.unit || a.owner - b.owner || a.ownerRow - b.ownerRow);
  const rowCount = groups.reduce((sum, { count }) => sum + count, 0);
  const [owner, ownerRow, unit] = [
    new Int32Array(rowCount),
    new Int32Array(rowCount),
    new Int32Array(rowCount),
  ];
  const above = new Map(ancestors.map((name) => [name, new Int32Array(rowCount)]));
  let row = 0;
  for (const group of groups) {
    const { parent = '' } = owners[group.owner] ?? {};
    const [start, end] = [row, row + group.count];
    row = end;
    owner.fill(group.owner, start, end);
    ownerRow.fill(group.ownerRow, start, end);
    unit.fill(group.unit, start, end);
    for (const [name, rows] of above) {
      const further = parents.get(parent)?.linked.ancestors.get(name)?.[group.ownerRow] ?? -1;
      rows.fill(name === parent ? group.ownerRow : further, start, end);
    }
  }
  const linked = { owner, ownerRow, unit, ancestors: above };
  return { linked, sequence: sequencePlaces(linked) };
}
