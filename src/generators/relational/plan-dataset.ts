import type { SemanticType } from '../../core/schema/schema.js';
import type { KeyRelation } from '../../core/schema/key-relation.js';
import type { DatasetShape, TableShape } from './dataset.js';
import { RelationalError } from './relational-error.js';
import { checkShape } from './check-shape.js';
import { tablesInOrder } from './table-order.js';

/** A relation, known by its place in the list of all. */
export interface Relation extends KeyRelation {
  readonly id: number;
}

type ClockUnit = 'date' | 'datetime' | 'number';

/** The column that orders the rows of a parent. */
interface Clock {
  readonly column: string;
  readonly type: SemanticType;
  readonly unit: ClockUnit;
}

/** What is made of a row besides its keys and its time, in this order. */
export type Field =
  /** `asOffset`: dates, as the distance from the row's own time. */
  | {
      readonly kind: 'column';
      readonly name: string;
      readonly type: SemanticType;
      readonly asOffset: boolean;
    }
  /** Which row of the linked table among those of the same subject. */
  | { readonly kind: 'place'; readonly name: string; readonly relation: Relation }
  /** What kind of row of the linked table, which is no part of any subject. */
  | { readonly kind: 'leaf'; readonly name: string; readonly relation: Relation }
  /** How many rows are below this one by the relation, those of rows between the two among them. */
  | { readonly kind: 'total'; readonly name: string; readonly relation: Relation }
  /** How many rows the relation owns; all that name this one where it owns none. */
  | { readonly kind: 'count'; readonly name: string; readonly relation: Relation };

export interface TablePlan {
  readonly shape: TableShape;
  /** Rows of the same root row are of one subject. */
  readonly root: string;
  /** Relations that can own a row, the one that leads furthest from the root first. None: each row is its own root. */
  readonly owners: readonly Relation[];
  /** To tables of another root. */
  readonly links: readonly Relation[];
  /** All tables that can be on the way to the root, the root first. */
  readonly ancestors: readonly string[];
  readonly clock: Clock | null;
  readonly fields: readonly Field[];
}

export interface DatasetPlan {
  readonly shape: DatasetShape;
  readonly subjects: string;
  readonly relations: readonly Relation[];
  /** Every table after those it depends on. */
  readonly tables: readonly TablePlan[];
}

/**
 * Says which table's rows come from which, and in which order they are made.
 * @throws {RelationalError} that names table and column
 */
export function planDataset(shape: DatasetShape): DatasetPlan {
  checkShape(shape);
  const relations = shape.relations.map((relation, id) => ({ ...relation, id }));
  const subjects = subjectTable(shape);
  const plans = new Map<string, TablePlan>();
  const order = tablesInOrder(shape, subjects);
  for (const table of order) plans.set(table.name, planTable(table, { relations, subjects, plans }));
  const tables = [...plans.values()].map((plan) => ({ ...plan, fields: fieldsOf(plan, plans, relations) }));
  return { shape, subjects, relations, tables };
}

export function planOf(plan: Pick<DatasetPlan, 'tables'>, name: string): TablePlan {
  const found = plan.tables.find(({ shape }) => shape.name === name);
  if (!found) throw new RelationalError({ table: name }, 'there is no such table.');
  return found;
}

/** Whether the cells of a relation follow from the row's owner, or must be chosen, or stay empty. */
export function foreignKeyRule(
  owner: Relation,
  other: Relation,
  ancestorsOf: (table: string) => readonly string[],
): 'derived' | 'chosen' | 'empty' {
  if (owner.id !== other.id && owner.parent === other.parent) return 'chosen';
  const reach = (table: string): readonly string[] => [...ancestorsOf(table), table];
  if (reach(owner.parent).includes(other.parent)) return 'derived';
  return reach(other.parent).includes(owner.parent) ? 'empty' : 'chosen';
}

function subjectTable({ tables, relations, subjects }: DatasetShape): string {
  if (subjects !== undefined) return subjects;
  const roots = tables.filter(({ name }) => !relations.some(({ child }) => child === name));
  const [only, ...others] = roots;
  if (only && others.length === 0) return only.name;
  if (!only) return tables[0]?.name ?? ''; // The relations go in a circle, which is found when they are followed.
  const names = roots.map(({ name }) => name).join(', ');
  throw new RelationalError(
    { table: only.name },
    `say which table has one row for each subject: several have no parent (${names}).`,
  );
}

interface Planning {
  readonly relations: readonly Relation[];
  readonly subjects: string;
  readonly plans: ReadonlyMap<string, TablePlan>;
}

function planTable(shape: TableShape, { relations, subjects, plans }: Planning): TablePlan {
  const own = relations.filter(({ child }) => child === shape.name);
  const rootOf = ({ parent }: Relation): string => plans.get(parent)?.root ?? parent;
  const isRoot = shape.name === subjects || own.length === 0;
  const leading = own.find((relation) => rootOf(relation) === subjects) ?? own[0];
  const root = isRoot || !leading ? shape.name : rootOf(leading);
  const depth = ({ parent }: Relation): number => plans.get(parent)?.ancestors.length ?? 0;
  const owners = isRoot
    ? []
    : own.filter((relation) => rootOf(relation) === root).sort((a, b) => depth(b) - depth(a));
  const above = new Set(owners.flatMap(({ parent }) => [...(plans.get(parent)?.ancestors ?? []), parent]));
  return {
    shape,
    root,
    owners,
    links: own.filter((relation) => !owners.includes(relation)),
    ancestors: [...plans.keys()].filter((name) => above.has(name)),
    clock: clockOf(shape),
    fields: [],
  };
}

function clockOf({ columns, sequenceIndex }: TableShape): Clock | null {
  const column =
    columns.find(({ name }) => name === sequenceIndex) ??
    columns.find(({ type }) => type === 'date' || type === 'datetime');
  if (!column) return null;
  const unit = column.type === 'date' || column.type === 'datetime' ? column.type : 'number';
  return { column: column.name, type: column.type, unit };
}

function fieldsOf(
  { shape, clock, owners, links }: TablePlan,
  plans: ReadonlyMap<string, TablePlan>,
  relations: readonly Relation[],
): Field[] {
  const keys = keyColumns(shape, relations);
  const columns = shape.columns.filter(({ name }) => name !== clock?.column && !keys.has(name));
  const isDate = (type: SemanticType): boolean => type === 'date' || type === 'datetime';
  const hasDates = clock !== null && clock.unit !== 'number';
  const ancestorsOf = (name: string): readonly string[] => plans.get(name)?.ancestors ?? [];
  const chosen = owners.filter((relation) =>
    owners.some((owner) => foreignKeyRule(owner, relation, ancestorsOf) === 'chosen'),
  );
  return [
    ...columns.map(({ name, type }): Field => ({
      kind: 'column',
      name,
      type,
      asOffset: hasDates && isDate(type),
    })),
    ...chosen.map((relation): Field => ({ kind: 'place', name: `place ${relation.id}`, relation })),
    ...links.map((relation): Field => ({ kind: 'leaf', name: `leaf ${relation.id}`, relation })),
    ...relations
      .filter(({ parent }) => parent === shape.name)
      .flatMap((relation): Field[] => [
        ...(hasTotal(relation, plans.get(relation.child), ancestorsOf)
          ? [{ kind: 'total', name: `total ${relation.id}`, relation } as const]
          : []),
        { kind: 'count', name: `count ${relation.id}`, relation },
      ]),
  ];
}

/** Rows of the child also belong to rows that lie between: their numbers have to add up to what the parent has. */
function hasTotal(
  relation: Relation,
  child: Pick<TablePlan, 'owners'> | undefined,
  ancestorsOf: (table: string) => readonly string[],
): boolean {
  const owners = child?.owners ?? [];
  return (
    owners.at(-1)?.id === relation.id &&
    owners.some((owner) => owner !== relation && foreignKeyRule(owner, relation, ancestorsOf) === 'derived')
  );
}

/** The columns by which a table's own rows are known. */
export function ownKeyColumns(
  { name, primaryKey }: Pick<TableShape, 'name' | 'primaryKey'>,
  relations: readonly KeyRelation[],
): ReadonlySet<string> {
  const named = relations.filter(({ parent }) => parent === name).flatMap(({ parentKey }) => parentKey);
  return new Set([...primaryKey, ...named]);
}

/** The columns of a table that hold keys of its own or of another. */
export function keyColumns(
  { name, primaryKey }: Pick<TableShape, 'name' | 'primaryKey'>,
  relations: readonly KeyRelation[],
): ReadonlySet<string> {
  const named = relations.flatMap(({ parent, parentKey, child, foreignKey }) => [
    ...(parent === name ? parentKey : []),
    ...(child === name ? foreignKey : []),
  ]);
  return new Set([...primaryKey, ...named]);
}
