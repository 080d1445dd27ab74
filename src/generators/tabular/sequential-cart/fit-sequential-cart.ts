import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ColumnSchema, TableSchema } from '../../../core/schema/schema.js';
import type { BinnedFeature } from '../../../core/trees/tree.js';
import type { FitInput, FitOptions } from '../../generator.js';
import { WithheldColumnError } from '../withheld-column-error.js';
import { binsFor, featureOf } from './column-bins.js';
import { fitColumn } from './fit-column.js';
import { generatorName, generatorVersion } from './model.js';
import type { ColumnModel, SequentialCartModel } from './model.js';
import { parseCartParameters } from './parameters.js';
import type { CartParameters } from './parameters.js';
import { prepareColumn } from '../guards/prepare-column.js';
import type { PreparedColumn } from '../guards/prepared-column.js';
import { cutTails } from '../guards/tail-bounds.js';
import { TooFewRowsError } from '../guards/too-few-rows-error.js';

/**
 * Column after column, each learned from those before it: Reiter, "Using CART to generate partially synthetic public
 * use microdata", J. Official Statistics 21, 2005; Nowok, Raab, Dibben, "synthpop", J. Statistical Software 74, 2016.
 * @throws {ParameterError} {UnknownColumnError} {WithheldColumnError} {TooFewRowsError}
 */
export async function fitSequentialCart(
  { schema, rows }: FitInput,
  { parameters: given, random, signal, onProgress }: FitOptions,
): Promise<SequentialCartModel> {
  const parameters = parseCartParameters(given, schema);
  refuseWithheld(schema);
  const { rowCount } = rows;
  if (rowCount < 2 * parameters.minLeaf) throw new TooFewRowsError(rowCount, 2 * parameters.minLeaf);
  const prepared: PreparedColumn[] = [];
  const features: BinnedFeature[] = [];
  const columns: ColumnModel[] = [];
  const order = visitOrder(schema, parameters);
  for (const column of order) {
    signal?.throwIfAborted();
    const own = random.fork(`fit/${column.name}`);
    const guarded = prepareColumn(column, await rows.column(column.name), {
      rowCount,
      parameters,
      random: own.fork('tails'),
      guardTails: cutTails,
    });
    const bins = binsFor(guarded, parameters.bins);
    const earlier = { rowCount, features, prepared };
    columns.push(fitColumn(guarded, bins, earlier, { parameters, random: own.fork('trees') }));
    prepared.push(guarded);
    features.push(featureOf(guarded, bins, rowCount));
    // A column costs as much as there are columns before it.
    onProgress?.((columns.length * (columns.length + 1)) / (order.length * (order.length + 1)));
    await nextTurn();
  }
  const names = schema.columns.map(({ name }) => name);
  return { generator: generatorName, version: generatorVersion, parameters, names, columns };
}

function visitOrder({ columns }: TableSchema, { order }: CartParameters): readonly ColumnSchema[] {
  const first = order.flatMap((name) => columns.filter((column) => column.name === name));
  return [...first, ...columns.filter((column) => !first.includes(column))];
}

function refuseWithheld({ columns }: TableSchema): void {
  for (const { name, type } of columns)
    if (type === 'identifier' || type === 'free-text') throw new WithheldColumnError(name, type);
}
