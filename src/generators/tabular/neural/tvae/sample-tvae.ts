import { normalQuantile } from '../../../../core/distributions/normal.js';
import type { Random } from '../../../../core/random/random.js';
import { requireColumns } from '../../../../core/schema/unknown-column-error.js';
import type { ColumnFormat } from '../../../../core/table/column-format.js';
import type { Column, Table } from '../../../../core/table/table.js';
import { Calculus } from '../../../../core/tensor/calculus.js';
import type { Ops } from '../../../../core/tensor/ops.js';
import type { ConditionalSampleOptions } from '../../../generator.js';
import { requireRowCount, rowBlocks } from '../../../row-blocks.js';
import type { RowRange } from '../../column-sampler.js';
import { ConditionError } from '../../condition-error.js';
import { openBackend } from '../../../../core/tensor/open-backend.js';
import { Pass } from '../layers/pass.js';
import { Weights } from '../layers/weights.js';
import { decodeColumn } from '../transform/decode-rows.js';
import { placesOf, segmentsOf, widthOf } from '../transform/table-layout.js';
import type { TvaeModel } from './model.js';
import { Decoder } from './networks.js';

/**
 * Rows from standard normal codes, the same whatever the size of a block.
 * @throws {UnknownColumnError} {ConditionError} {RangeError} before the first block
 */
export function sampleTvae(
  model: TvaeModel,
  options: ConditionalSampleOptions,
  rowsPerBlock: number,
): AsyncIterable<Table> {
  requireRowCount(options.rows);
  const names = model.layout.map(({ name }) => name);
  requireColumns([...options.columns, ...(options.conditions ?? new Map()).keys()], names);
  for (const name of options.conditions?.keys() ?? [])
    throw new ConditionError(name, `${model.generator} takes no conditions`);
  return blocks(model, options, rowsPerBlock);
}

async function* blocks(
  model: TvaeModel,
  { columns, rows, random }: ConditionalSampleOptions,
  rowsPerBlock: number,
): AsyncGenerator<Table> {
  const { layout, parameters } = model;
  const places = placesOf(layout);
  const ops = await openBackend(parameters.backend);
  const weights = new Weights(ops, null);
  const values = places.filter(({ column }) => column.kind === 'numbers').length;
  const decoder = new Decoder(weights, { width: widthOf(layout), values }, parameters);
  weights.setValues(model.weights);
  yield* rowBlocks(rows, rowsPerBlock, (range) => {
    const cells = makeCells(model, { ops, decoder }, { range, random });
    const made = { first: range.start, rows: range.count, width: widthOf(layout), cells };
    return new Map(
      columns.flatMap((name): [string, Column][] => {
        const place = places.find(({ column }) => column.name === name);
        if (!place) return [];
        const calibration = model.calibration[places.indexOf(place)];
        return [[name, decodeColumn(place, made, random.fork(`column/${name}`), calibration)]];
      }),
    );
  });
}

interface Decoding {
  readonly range: RowRange;
  readonly random: Random;
}

/** Values with their spread, and shares of the choices. */
export function makeCells(
  { layout, parameters: { latent }, weights }: Pick<TvaeModel, 'layout' | 'parameters' | 'weights'>,
  { ops, decoder }: { readonly ops: Ops; readonly decoder: Decoder },
  { range: { start, count }, random }: Decoding,
): Float32Array {
  const ofCodes = random.fork('code');
  const codes = Float32Array.from({ length: count * latent }, (_, at) =>
    normalQuantile(ofCodes.uniformAt(start + Math.floor(at / latent), at % latent)),
  );
  const { values, shares } = ops.step(() => {
    const pass = new Pass(new Calculus(ops), { trained: [], isTraining: false, random });
    const made = decoder.apply(pass, pass.constant(count, latent, codes));
    return {
      values: ops.read(pass.calculus.tanh(made).value),
      shares: ops.read(pass.calculus.softmax(made, segmentsOf(layout)).value),
    };
  });
  const width = widthOf(layout);
  const ofValues = random.fork('values');
  const logDeviations = weights['decoder/log-deviations'] ?? new Float32Array();
  const numbers = placesOf(layout).filter(({ column }) => column.kind === 'numbers');
  for (const [place, { start: cell }] of numbers.entries()) {
    const deviation = Math.exp(logDeviations[place] ?? 0);
    for (let offset = 0; offset < count; offset += 1) {
      const noise = normalQuantile(ofValues.uniformAt(start + offset, place));
      shares[offset * width + cell] = (values[offset * width + cell] ?? 0) + deviation * noise;
    }
  }
  return shares;
}

export function tvaeFormats({ layout }: TvaeModel): readonly ColumnFormat[] {
  return layout.map((column) => {
    const { name, type } = column;
    const isNumber = column.kind === 'numbers' && (type === 'number' || type === 'integer');
    return isNumber ? { name, type, decimals: column.grid.decimals } : { name, type };
  });
}
