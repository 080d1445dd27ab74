import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FitOptions } from '../generator.js';
import { TooFewRowsError } from '../tabular/guards/too-few-rows-error.js';
import { parseCartParameters } from '../tabular/sequential-cart/parameters.js';
import { WithheldColumnError } from '../tabular/withheld-column-error.js';
import { arrangeTable } from './arrange-rows.js';
import type { ArrangedTable } from './arrange-rows.js';
import type { Dataset, DatasetShape } from './dataset.js';
import { fitTable } from './fit-table.js';
import type { LearnedTable } from './fit-table.js';
import { generatorName, generatorVersion } from './model.js';
import type { RelationalModel, TableModel } from './model.js';
import { keyColumns, planDataset } from './plan-dataset.js';
import type { DatasetPlan } from './plan-dataset.js';
import { splitSequences } from './split-sequences.js';

/**
 * Learns a set of related tables: every table by trees on the rows above it, on the row before it of the same parent
 * and on its own columns so far; how many children a row has by trees on the row. Floors count subjects.
 * @throws {RelationalError} with table, column and row {ParameterError} {WithheldColumnError} {TooFewRowsError}
 */
export async function fitRelational(
  given: Dataset,
  { parameters: chosen, random, signal, onProgress }: FitOptions,
): Promise<RelationalModel> {
  const parameters = parseCartParameters(chosen, { columns: [] });
  const { dataset, sequences } = await splitSequences(given);
  const shape = shapeOf(dataset);
  const plan = planDataset(shape);
  refuseWithheld(plan);
  const arranged = await arrangeAll(plan, dataset, signal);
  const subjectRows = arranged.get(plan.subjects)?.rows.rowCount ?? 0;
  if (subjectRows < 2 * parameters.minLeaf) throw new TooFewRowsError(subjectRows, 2 * parameters.minLeaf);
  const total = plan.tables.reduce((sum, { fields, clock }) => sum + fields.length + (clock ? 2 : 0), 0);
  let done = 0;
  const tick = async (): Promise<void> => {
    done += 1;
    onProgress?.(done / total);
    await nextTurn();
    signal?.throwIfAborted();
  };
  const known = new Map<string, LearnedTable>();
  const tables: TableModel[] = [];
  const outside: number[] = [];
  for (const [name, table] of arranged) {
    const schemas = new Map(
      dataset.tables
        .find((each) => each.name === name)
        ?.schema.columns.map((column) => [column.name, column]),
    );
    const context = { plan, arranged, schemas, parameters, random: random.fork('fit'), tick };
    const fitted = await fitTable(table, known, context);
    known.set(name, fitted.learned);
    tables.push(fitted.model);
    outside.push(fitted.outside);
  }
  return {
    generator: generatorName,
    version: generatorVersion,
    parameters,
    shape,
    sequences,
    subjectRows,
    tables,
    outsideWindows: outside,
  };
}

function shapeOf({ tables, relations, windows, subjects }: Dataset): DatasetShape {
  return {
    tables: tables.map(({ name, schema, primaryKey, sequenceIndex }) => ({
      name,
      columns: schema.columns.map((column) => ({ name: column.name, type: column.type })),
      primaryKey,
      ...(sequenceIndex === undefined ? {} : { sequenceIndex }),
    })),
    relations: relations.map(({ parent, parentKey, child, foreignKey }) => ({
      parent,
      parentKey,
      child,
      foreignKey,
    })),
    windows,
    ...(subjects === undefined ? {} : { subjects }),
  };
}

function refuseWithheld({ tables, relations }: DatasetPlan): void {
  for (const { shape } of tables) {
    const keys = keyColumns(shape, relations);
    for (const { name, type } of shape.columns)
      if (!keys.has(name) && (type === 'identifier' || type === 'free-text'))
        throw new WithheldColumnError(`${shape.name}.${name}`, type);
  }
}

async function arrangeAll(
  plan: DatasetPlan,
  { tables }: Dataset,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, ArrangedTable>> {
  const arranged = new Map<string, ArrangedTable>();
  for (const table of plan.tables) {
    signal?.throwIfAborted();
    const source = tables.find(({ name }) => name === table.shape.name);
    if (source) arranged.set(source.name, await arrangeTable(plan, table, source, arranged));
  }
  return arranged;
}
