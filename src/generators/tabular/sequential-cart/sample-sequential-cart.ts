import { requireColumns } from '../../../core/schema/unknown-column-error.js';
import type { Column, Table } from '../../../core/table/table.js';
import type { ConditionalSampleOptions } from '../../generator.js';
import { requireRowCount, rowBlocks } from '../../row-blocks.js';
import type { RowRange } from '../column-sampler.js';
import { conditionedColumns } from './conditioned-column.js';
import { drawColumn } from './draw-column.js';
import type { DrawnColumn, DrawnColumns } from './draw-column.js';
import type { SequentialCartModel } from './model.js';

/**
 * The same rows whatever the size of a block. Columns before the last one asked for are made too, as it depends on
 * them, and left out of the tables.
 * @throws {UnknownColumnError} {ConditionError} {RangeError} before the first block
 */
export function sampleSequentialCart(
  model: SequentialCartModel,
  { columns, rows, random, conditions = new Map() }: ConditionalSampleOptions,
  rowsPerBlock: number,
): AsyncIterable<Table> {
  requireRowCount(rows);
  requireColumns([...columns, ...conditions.keys()], model.names);
  const known = conditionedColumns(model, conditions);
  const needed = model.columns.slice(0, 1 + Math.max(...columns.map((name) => placeOf(model, name)), -1));
  // One stream a column, named for it: what a column holds does not depend on which others are asked for.
  const streams = needed.map(({ name }) => random.fork(`column/${name}`));
  const makeColumns = (range: RowRange): ReadonlyMap<string, Column> => {
    const rows = { count: range.count, numberOf: (offset: number) => range.start + offset };
    const drawn: DrawnColumns = { bins: [], missing: [] };
    const made = new Map<string, Column>();
    needed.forEach((column, place) => {
      const stream = streams[place] ?? random;
      const next: DrawnColumn = known[place]?.(range) ?? drawColumn(column, drawn, rows, stream);
      drawn.bins.push(next.bins);
      drawn.missing.push(next.column.missing);
      made.set(column.name, next.column);
    });
    return new Map(columns.flatMap((name) => entryOf(made, name)));
  };
  return rowBlocks(rows, rowsPerBlock, makeColumns);
}

function entryOf(made: ReadonlyMap<string, Column>, name: string): [string, Column][] {
  const column = made.get(name);
  return column ? [[name, column]] : [];
}

function placeOf({ columns }: SequentialCartModel, name: string): number {
  return columns.findIndex((column) => column.name === name);
}
