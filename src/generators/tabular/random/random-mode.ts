import { UnknownColumnError } from '../../../core/schema/unknown-column-error.js';
import type { ColumnSchema, TableSchema } from '../../../core/schema/schema.js';
import { isReleasable } from '../../../core/schema/schema.js';
import type { ColumnFormat } from '../../../core/table/column-format.js';
import type { Table } from '../../../core/table/table.js';
import type { SampleOptions, SchemaGenerator } from '../../generator.js';
import { blockRows, requireRowCount, rowBlocks } from '../../row-blocks.js';
import { WithheldColumnError } from '../withheld-column-error.js';
import { uniformColumn } from './uniform-column.js';
import { valueSpace } from './value-space.js';

/**
 * Every value equally likely, within the column's public bounds or categories: the random mode of DataSynthesizer
 * (Ping, Stoyanovich, Howe, SSDBM 2017), but within the column's own public range instead of 0 to 100. What is not
 * declared gets the default of its type (`value-space.ts`); nothing is ever missing. No data is looked at.
 */
export const randomMode: SchemaGenerator = {
  name: 'random',
  version: '1.0.0',
  title: 'Random values of the right type from public bounds',
  tier: 'STRUCTURAL',
  sees: 'schema',
  parameters: { type: 'object', properties: {}, additionalProperties: false },
  sample: (schema, options) => sampleUniform(schema, options, blockRows),
  formats: ({ columns }) => columns.filter(isReleasable).map(formatOf),
};

/**
 * The same rows whatever the size of a block.
 * @throws {UnknownColumnError} {WithheldColumnError} {RangeError} before the first block
 */
export function sampleUniform(
  schema: TableSchema,
  { columns, rows, random }: SampleOptions,
  rowsPerBlock: number,
): AsyncIterable<Table> {
  requireRowCount(rows);
  const samplers = new Map(
    columns.map((name) => [
      name,
      uniformColumn(valueSpace(columnOf(schema, name)), random.fork(`column/${name}`)),
    ]),
  );
  return rowBlocks(
    rows,
    rowsPerBlock,
    (range) => new Map([...samplers].map(([name, sample]) => [name, sample(range)])),
  );
}

function formatOf(column: ColumnSchema): ColumnFormat {
  const { name, type } = column;
  const space = valueSpace(column);
  return space.kind === 'number' ? { name, type, decimals: space.decimals } : { name, type };
}

function columnOf({ columns }: TableSchema, name: string): ColumnSchema {
  const column = columns.find((candidate) => candidate.name === name);
  if (column === undefined) {
    throw new UnknownColumnError(
      name,
      columns.map((known) => known.name),
    );
  }
  if (column.type === 'identifier' || column.type === 'free-text')
    throw new WithheldColumnError(name, column.type);
  return column;
}
