import type { Random } from '../../../core/random/random.js';
import { requireColumns } from '../../../core/schema/unknown-column-error.js';
import { createMissingBitmap, markMissing } from '../../../core/table/missing-bitmap.js';
import type { Column, Table } from '../../../core/table/table.js';
import type { ConditionalSampleOptions } from '../../generator.js';
import { requireRowCount, rowBlocks } from '../../row-blocks.js';
import type { RowRange } from '../column-sampler.js';
import { valueCells } from '../domain/public-domain.js';
import { valueOfCell } from '../domain/value-of-cell.js';
import { ConditionError } from '../condition-error.js';
import type { CellGroups, NetworkColumn, NetworkModel } from './network-model.js';
import { groupCount } from './network-model.js';

/** Row i uses uniformAt(i, draw). A new kind of draw gets a new number, so that the old values stay as they are. */
const draws = { group: 0, cell: 1, value: 2 } as const;

/**
 * The same rows whatever the size of a block. Columns that those asked for depend on are made too and left out.
 * @throws {UnknownColumnError} {ConditionError} {RangeError} before the first block
 */
export function sampleNetwork(
  model: NetworkModel,
  { columns, rows, random, conditions = new Map() }: ConditionalSampleOptions,
  rowsPerBlock: number,
): AsyncIterable<Table> {
  requireRowCount(rows);
  requireColumns([...columns, ...conditions.keys()], model.names);
  for (const name of conditions.keys())
    throw new ConditionError(name, `${model.generator} takes no conditions`);
  const isNeeded = neededPlaces(model, columns);
  const streams = model.columns.map(({ name }) => random.fork(`column/${name}`));
  return rowBlocks(rows, rowsPerBlock, (range) => {
    const groups: Int32Array[] = [];
    const made = new Map<string, Column>();
    for (const [place, column] of model.columns.entries()) {
      const stream = streams[place];
      if (!isNeeded[place] || !stream) continue;
      const drawn = drawGroups(model.columns, column, groups, { range, stream });
      groups[place] = drawn;
      if (columns.includes(column.name)) made.set(column.name, drawValues(column, drawn, range, stream));
    }
    return new Map(columns.flatMap((name) => entryOf(made, name)));
  });
}

function entryOf(made: ReadonlyMap<string, Column>, name: string): [string, Column][] {
  const column = made.get(name);
  return column ? [[name, column]] : [];
}

function neededPlaces({ columns }: NetworkModel, names: readonly string[]): boolean[] {
  const isNeeded = columns.map(({ name }) => names.includes(name));
  for (let place = columns.length - 1; place >= 0; place -= 1)
    if (isNeeded[place]) for (const parent of columns[place]?.parents ?? []) isNeeded[parent] = true;
  return isNeeded;
}

/** The groups of a column for rows whose `earlier` columns, by place, have been drawn. */
export function drawGroups(
  columns: readonly NetworkColumn[],
  { groups, parents, cumulative }: NetworkColumn,
  earlier: readonly Int32Array[],
  { range, stream }: { range: RowRange; stream: Random },
): Int32Array {
  const width = groupCount(groups);
  const given = new Int32Array(range.count);
  for (const parent of parents) {
    const column = columns[parent];
    const size = column ? groupCount(column.groups) : 1;
    const codes = earlier[parent];
    for (let offset = 0; offset < range.count; offset += 1)
      given[offset] = (given[offset] ?? 0) * size + (codes?.[offset] ?? 0);
  }
  return given.map((combination, offset) => {
    const start = combination * width;
    return (
      pick(cumulative, start, start + width, stream.uniformAt(range.start + offset, draws.group)) - start
    );
  });
}

/** The first place whose running share reaches the uniform's part of the last one. */
function pick(cumulative: Float64Array, start: number, end: number, uniform: number): number {
  const target = uniform * (cumulative[end - 1] ?? 0);
  let low = start;
  let high = end - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cumulative[middle] ?? 0) < target) low = middle + 1;
    else high = middle;
  }
  return low;
}

function drawValues(column: NetworkColumn, groups: Int32Array, range: RowRange, random: Random): Column {
  const { domain, type } = column;
  const missingCell = valueCells(domain);
  const missing = createMissingBitmap(range.count);
  const cells = groups.map((group, offset) => drawCell(column.groups, group, range.start + offset, random));
  cells.forEach((cell, offset) => {
    if (cell === missingCell) markMissing(missing, offset);
  });
  if (domain.kind === 'categories') {
    const codes = cells.map((cell) => (cell === missingCell ? 0 : cell));
    return { kind: 'category', codes, dictionary: domain.values, missing };
  }
  const values = Float64Array.from(cells, (cell, offset) =>
    cell === missingCell ? 0 : valueOfCell(domain, cell, random.uniformAt(range.start + offset, draws.value)),
  );
  if (type === 'date') return { kind: 'date', values: Int32Array.from(values), missing };
  return { kind: type === 'datetime' ? 'datetime' : 'number', values, missing };
}

function drawCell(
  { starts, cells, cumulative }: CellGroups,
  group: number,
  row: number,
  random: Random,
): number {
  const start = starts[group] ?? 0;
  const end = starts[group + 1] ?? start;
  if (end - start === 1) return cells[start] ?? 0;
  return cells[pick(cumulative, start, end, random.uniformAt(row, draws.cell))] ?? 0;
}
