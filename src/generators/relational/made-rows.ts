import type { LinkedRows } from './link-rows.js';
import { sequencePlaces } from './arrange-rows.js';
import type { SequencePlaces } from './arrange-rows.js';
import type { Relation, TablePlan } from './plan-dataset.js';

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
  /** By relation: rows of the child below each row, by whatever way. */
  readonly totals: ReadonlyMap<number, Int32Array>;
}

/** Rows of the table to come that one row above owns. */
interface RowGroup {
  readonly unit: number;
  readonly owner: number;
  readonly ownerRow: number;
  readonly count: number;
  /** Rows of all tables that the row above was given. */
  readonly size: number;
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

/** As many rows as every parent was given, those of a subject together; where a total was drawn, they add up to it. */
export function ownedRows(
  { owners, ancestors }: TablePlan,
  parents: ReadonlyMap<string, CountedParent>,
): RowsToMake {
  const groups = groupsOf(owners, parents)
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.unit - b.unit || a.owner - b.owner || a.ownerRow - b.ownerRow);
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

function groupsOf(owners: readonly Relation[], parents: ReadonlyMap<string, CountedParent>): RowGroup[] {
  const groups: RowGroup[] = [];
  for (const [owner, { id, parent }] of owners.entries()) {
    const made = parents.get(parent);
    if (!made) continue;
    const counts = [...made.counts.values()];
    made.counts.get(id)?.forEach((count, ownerRow) => {
      const size = counts.reduce((sum, each) => sum + (each[ownerRow] ?? 0), 0);
      groups.push({ unit: made.linked.unit[ownerRow] ?? -1, owner, ownerRow, count, size });
    });
  }
  const top = owners.at(-1);
  const totals = top && parents.get(top.parent)?.totals.get(top.id);
  if (!totals) return groups;
  const topRowOf = ({ owner, ownerRow }: RowGroup): number => {
    const relation = owners[owner];
    if (relation === top || !relation) return ownerRow;
    return parents.get(relation.parent)?.linked.ancestors.get(top.parent)?.[ownerRow] ?? -1;
  };
  const families = new Map<number, RowGroup[]>();
  for (const group of groups) {
    const row = topRowOf(group);
    const family = families.get(row);
    if (family) family.push(group);
    else families.set(row, [group]);
  }
  const isTop = ({ owner }: RowGroup): boolean => owners[owner] === top;
  return [...families].flatMap(([row, family]) =>
    row < 0 ? family : addingUp(family, totals[row] ?? 0, isTop),
  );
}

/**
 * The row above keeps what it owns itself; the others share the rest in proportion to what they were given, or, where
 * that is nothing, to how much of everything they were given.
 */
function addingUp(
  family: readonly RowGroup[],
  total: number,
  isTop: (group: RowGroup) => boolean,
): RowGroup[] {
  const others = family.filter((group) => !isTop(group));
  const own = family.filter(isTop).reduce((sum, { count }) => sum + count, 0);
  const sumOf = (valueOf: (group: RowGroup) => number): number =>
    others.reduce((sum, group) => sum + valueOf(group), 0);
  const [given, size] = [sumOf(({ count }) => count), sumOf((group) => group.size)];
  const weights = others.map((group) => (given > 0 ? group.count : size > 0 ? group.size : 1));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const shared = Math.max(0, total - own);
  let before = 0;
  const rest = others.map((group, place): RowGroup => {
    const from = Math.round((before / sum) * shared);
    before += weights[place] ?? 0;
    return { ...group, count: Math.round((before / sum) * shared) - from };
  });
  return [
    ...family.filter(isTop).map(({ count, ...group }) => ({ ...group, count: Math.min(count, total) })),
    ...rest,
  ];
}
