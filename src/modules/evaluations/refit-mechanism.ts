import { Random } from '../../core/random/random.js';
import type { TableSchema } from '../../core/schema/schema.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import type { Table } from '../../core/table/table.js';
import { UnknownColumnError } from '../../core/schema/unknown-column-error.js';
import type { PrivacyClaim, Refit } from '../../evaluation/evaluation-context.js';
import type { RowsGenerator } from '../../generators/generator.js';

/** How a model was learned, as far as learning it again from other rows needs it. */
export interface Learning {
  readonly generator: RowsGenerator;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The columns that were learned. */
  readonly schema: TableSchema;
}

/** Learns from other rows with the parameters of the model; `columns` are those of the request. */
export function refitOf(
  { generator, parameters, schema }: Learning,
  columns: readonly string[],
  signal: AbortSignal,
): Refit {
  return async (rows, seed) => {
    const random = Random.fromSeed('refit').fork(seed);
    const model = await generator.fit({ schema, rows }, { parameters, random: random.fork('fit'), signal });
    return (rowCount, drawn) =>
      onlyBlock(
        generator.sample(model, { columns, rows: rowCount, random: random.fork(`rows ${drawn}`) }),
        rowCount,
      );
  };
}

/** What the model's parameters promise; null when its generator promises nothing. */
export function claimOf({ generator, parameters }: Learning): PrivacyClaim | null {
  const { epsilon, delta = 0 } = parameters;
  if (!generator.privacy || typeof epsilon !== 'number' || typeof delta !== 'number') return null;
  return { epsilon, delta, neighbours: 'add-remove' };
}

/** @throws {RangeError} when the rows do not come in one block; attacks draw fewer than a block has */
async function onlyBlock(blocks: AsyncIterable<Table>, rowCount: number): Promise<ColumnSource> {
  for await (const block of blocks) {
    if (block.rowCount !== rowCount) throw new RangeError(`${rowCount} rows are more than one block has.`);
    const columnNames = [...block.columns.keys()];
    return {
      rowCount,
      columnNames,
      column: (name) => {
        const column = block.columns.get(name);
        return column ? Promise.resolve(column) : Promise.reject(new UnknownColumnError(name, columnNames));
      },
    };
  }
  throw new RangeError('The mechanism made no rows.');
}
