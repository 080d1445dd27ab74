import type { ColumnSchema } from '../../core/schema/schema.js';
import { requireColumns } from '../../core/schema/unknown-column-error.js';
import type { ColumnFormat } from '../../core/table/column-format.js';
import type { Column, Table } from '../../core/table/table.js';
import type {
  ConditionalSampleOptions,
  FitInput,
  FitOptions,
  FittedModel,
  RowsGenerator,
} from '../generator.js';
import { newValues } from '../identifiers/new-values.js';
import type { IdentifierColumn } from '../identifiers/new-values.js';
import { refuseOverlap } from '../identifiers/refuse-overlap.js';
import { ConditionError } from '../tabular/condition-error.js';
import { bindConstraint } from './constraint-kinds.js';
import { ConstraintError } from './constraint.js';
import type { Constraint } from './constraint.js';
import { planConstraints } from './plan-constraints.js';
import type { Facts } from './planned-constraint.js';

/** A model of any generator whose rows keep the constraints, every one of them. */
export interface ConstrainedModel<Model extends FittedModel = FittedModel> {
  readonly constraints: readonly Constraint[];
  readonly facts: readonly Facts[];
  /** Columns that were not learned from and get new values. */
  readonly identifiers: readonly IdentifierColumn[];
  /** Of the rows that come out, in order. */
  readonly columns: readonly Pick<ColumnSchema, 'name' | 'type'>[];
  readonly inner: Model;
}

/**
 * Learns from the table without what the constraints say anyway, and without the identifiers that get new values.
 * @throws {ConstraintError} with the number of rows, when the source does not keep a constraint
 * @throws {IdentifierError} with the number of rows whose identifiers could come out again; a differentially private
 * generator looks at no row for that
 * @throws what the generator's own `fit` does
 */
export async function fitConstrained<Model extends FittedModel>(
  generator: RowsGenerator<Model>,
  input: FitInput & { readonly constraints: readonly Constraint[] },
  options: FitOptions,
): Promise<ConstrainedModel<Model>> {
  const { constraints } = input;
  if (generator.privacy && constraints.length > 0)
    throw new ConstraintError(
      0,
      `${generator.name} is differentially private, and checking it reads every row`,
    );
  const identifiers = input.schema.columns.flatMap(({ name, regenerate }) =>
    regenerate ? [{ name, regenerate }] : [],
  );
  if (!generator.privacy) await refuseOverlap(identifiers, input.rows);
  const learned = { columns: input.schema.columns.filter(({ regenerate }) => !regenerate) };
  const { schema, rows, facts, violations } = await planConstraints(
    { schema: learned, rows: input.rows },
    constraints,
  );
  const broken = violations.findIndex((count) => count > 0);
  if (broken >= 0)
    throw new ConstraintError(
      broken,
      `${violations[broken] ?? 0} of ${rows.rowCount} rows of the source do not keep it (all constraints: ${violations.join(', ')})`,
    );
  const inner = await generator.fit({ schema, rows }, options);
  return {
    constraints,
    facts,
    identifiers,
    columns: input.schema.columns.map(({ name, type }) => ({ name, type })),
    inner,
  };
}

/**
 * Blocks of rows, each keeping every constraint.
 * @throws {ConditionError} for a condition on a column that a constraint decides; what the generator's `sample` throws
 */
export function sampleConstrained<Model extends FittedModel>(
  generator: RowsGenerator<Model>,
  model: ConstrainedModel<Model>,
  { columns, conditions = new Map(), ...options }: ConditionalSampleOptions,
): AsyncIterable<Table> {
  const names = model.columns.map(({ name }) => name);
  requireColumns([...columns, ...conditions.keys()], names);
  for (const { writes } of model.constraints.map(bindConstraint))
    for (const name of writes)
      if (conditions.has(name)) throw new ConditionError(name, 'a constraint decides its values');
  for (const { name } of model.identifiers)
    if (conditions.has(name)) throw new ConditionError(name, 'its values are made anew');
  const anew = model.identifiers
    .filter(({ name }) => columns.includes(name))
    .map((column) => ({ name: column.name, make: newValues(column, options) }));
  const learned = generator.formats(model.inner).map(({ name }) => name);
  const blocks = generator.sample(model.inner, { ...options, conditions, columns: learned });
  return restoreBlocks(blocks, model, { columns, anew });
}

interface Wanted {
  readonly columns: readonly string[];
  readonly anew: readonly { readonly name: string; readonly make: ReturnType<typeof newValues> }[];
}

async function* restoreBlocks(
  blocks: AsyncIterable<Table>,
  { constraints, facts }: ConstrainedModel,
  { columns, anew }: Wanted,
): AsyncGenerator<Table> {
  const bound = constraints.map((constraint) => ({
    ...bindConstraint(constraint),
    taken: new Set<number>(),
  }));
  let start = 0;
  for await (const block of blocks) {
    const made = new Map(block.columns);
    for (const { name, make } of anew) made.set(name, make(start, block.rowCount));
    start += block.rowCount;
    bound.forEach((constraint, place) => {
      const known = facts[place];
      if (!known) return;
      for (const [name, column] of restoreOne(place, () => constraint.restore(made, known, constraint.taken)))
        made.set(name, column);
    });
    const wanted = columns.flatMap((name): [string, Column][] => {
      const column = made.get(name);
      return column ? [[name, column]] : [];
    });
    yield { rowCount: block.rowCount, columns: new Map(wanted) };
  }
}

/** @throws {ConstraintError} for what a constraint cannot make of the rows */
function restoreOne<T>(place: number, restore: () => T): T {
  try {
    return restore();
  } catch (error) {
    if (error instanceof TypeError) throw new ConstraintError(place, error.message);
    throw error;
  }
}

/** How the values of each column are written. */
export function constrainedFormats<Model extends FittedModel>(
  generator: RowsGenerator<Model>,
  { constraints, facts, columns, inner }: ConstrainedModel<Model>,
): readonly ColumnFormat[] {
  const learned = new Map(generator.formats(inner).map((format) => [format.name, format]));
  return columns.map(({ name, type }) => {
    const known = learned.get(name);
    if (known) return known;
    if (type !== 'number' && type !== 'integer') return { name, type };
    const maker = constraints.findIndex((each) => bindConstraint(each).writes.includes(name));
    return { name, type, decimals: facts[maker]?.decimals ?? 0 };
  });
}
