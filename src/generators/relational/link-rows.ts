import { keyCells } from '../../core/table/key-cells.js';
import { foreignKeyRule, planOf } from './plan-dataset.js';
import type { DatasetPlan, Relation, TablePlan } from './plan-dataset.js';
import type { DatasetTable } from './dataset.js';
import { RelationalError } from './relational-error.js';

/** Whom each row belongs to, by places of rows; -1 for none. */
export interface LinkedRows {
  /** Which of the plan's owners owns the row; 0 in a root table. */
  readonly owner: Int32Array;
  readonly ownerRow: Int32Array;
  /** The row at the root of it. */
  readonly unit: Int32Array;
  readonly ancestors: ReadonlyMap<string, Int32Array>;
  /** The named row of every relation, by its id. */
  readonly targets: ReadonlyMap<number, Int32Array>;
}

/** What is known of the tables that come before. */
export interface KnownTable {
  readonly linked: LinkedRows;
  /** The place of each key that a relation names, by the columns of the key. */
  readonly places: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

function keyName(columns: readonly string[]): string {
  return JSON.stringify(columns);
}

/** @throws {RelationalError} for a dangling key, a row without an owner, or keys that contradict each other */
export async function linkRows(
  plan: DatasetPlan,
  table: TablePlan,
  source: DatasetTable,
  known: ReadonlyMap<string, KnownTable>,
): Promise<LinkedRows> {
  const { rowCount } = source.rows;
  const targets = new Map<number, Int32Array>();
  for (const relation of [...table.owners, ...table.links])
    targets.set(relation.id, await targetsOf(relation, source, known));
  const owner = new Int32Array(rowCount);
  const ownerRow = new Int32Array(rowCount).fill(-1);
  const unit = Int32Array.from({ length: rowCount }, (_, row) => row);
  const ancestors = new Map(table.ancestors.map((name) => [name, new Int32Array(rowCount).fill(-1)]));
  for (let row = 0; row < rowCount && table.owners.length > 0; row += 1) {
    const found = table.owners.findIndex(({ id }) => (targets.get(id)?.[row] ?? -1) >= 0);
    const relation = table.owners[found];
    if (!relation) throw ownerless(table, row);
    const parentRow = targets.get(relation.id)?.[row] ?? -1;
    const parent = known.get(relation.parent)?.linked;
    owner[row] = found;
    ownerRow[row] = parentRow;
    unit[row] = parent?.unit[parentRow] ?? -1;
    for (const [name, rows] of ancestors)
      rows[row] = name === relation.parent ? parentRow : (parent?.ancestors.get(name)?.[parentRow] ?? -1);
  }
  const linked = { owner, ownerRow, unit, ancestors, targets };
  refuseContradictions(plan, table, linked);
  return linked;
}

function ownerless({ shape, owners }: TablePlan, row: number): RelationalError {
  const columns = owners.flatMap(({ foreignKey }) => foreignKey);
  return new RelationalError(
    { table: shape.name, columns, row: row + 1 },
    'the row names no parent, so that it belongs to nobody.',
  );
}

async function targetsOf(
  { parent, parentKey, child, foreignKey }: Relation,
  { rows }: DatasetTable,
  known: ReadonlyMap<string, KnownTable>,
): Promise<Int32Array> {
  const places = known.get(parent)?.places.get(keyName(parentKey));
  const cells = await keyCells(rows, foreignKey);
  return Int32Array.from(cells, (cell, row) => {
    if (cell === null) return -1;
    const place = places?.get(cell);
    if (place !== undefined) return place;
    throw new RelationalError(
      { table: child, columns: foreignKey, row: row + 1 },
      `there is no such row in "${parent}".`,
    );
  });
}

/** What follows from the owner must be what the row says. */
function refuseContradictions(plan: DatasetPlan, table: TablePlan, linked: LinkedRows): void {
  const ancestorsOf = (name: string): readonly string[] => planOf(plan, name).ancestors;
  for (const [place, owner] of table.owners.entries()) {
    for (const relation of table.owners) {
      if (relation === owner || foreignKeyRule(owner, relation, ancestorsOf) !== 'derived') continue;
      const said = linked.targets.get(relation.id);
      const follows = linked.ancestors.get(relation.parent);
      const row = linked.owner.findIndex(
        (each, at) => each === place && (said?.[at] ?? -1) >= 0 && said?.[at] !== follows?.[at],
      );
      if (row >= 0)
        throw new RelationalError(
          { table: table.shape.name, columns: relation.foreignKey, row: row + 1 },
          `the row of "${owner.parent}" that it names belongs to another row of "${relation.parent}".`,
        );
    }
  }
}

/** The place of each key of a table. @throws {RelationalError} for a missing or repeated key */
export async function keyPlaces(
  plan: DatasetPlan,
  { shape }: TablePlan,
  { rows }: DatasetTable,
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const keys = plan.relations.filter(({ parent }) => parent === shape.name).map(({ parentKey }) => parentKey);
  const places = new Map<string, Map<string, number>>();
  for (const columns of [...(shape.primaryKey.length > 0 ? [shape.primaryKey] : []), ...keys]) {
    if (places.has(keyName(columns))) continue;
    const found = new Map<string, number>();
    for (const [row, cell] of (await keyCells(rows, columns)).entries()) {
      const at = { table: shape.name, columns, row: row + 1 };
      if (cell === null) throw new RelationalError(at, 'the key is missing.');
      const first = found.get(cell);
      if (first !== undefined) throw new RelationalError(at, `row ${first + 1} has the same key.`);
      found.set(cell, row);
    }
    places.set(keyName(columns), found);
  }
  return places;
}
