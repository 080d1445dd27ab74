import { canonicalJson } from '../../../../core/hashing/canonical-json.js';
import { sha256Hex } from '../../../../core/hashing/sha256-hex.js';
import type { FitInput, FitOptions } from '../../../generator.js';
import { TooManyColumnsError } from '../../differentially-private/too-many-columns-error.js';
import { columnsMax } from '../autoregressive/read-columns.js';
import type { Random } from '../../../../core/random/random.js';
import type { Ops } from '../../../../core/tensor/ops.js';
import { openBackend } from '../../../../core/tensor/open-backend.js';
import { Weights } from '../layers/weights.js';
import { smallBatches } from '../training/small-batches.js';
import { train } from '../training/train.js';
import { calibrationRows, fitCalibration } from '../transform/calibration.js';
import type { ColumnCalibration } from '../transform/column-calibration.js';
import { prepareTable } from '../transform/prepare-table.js';
import { widthOf } from '../transform/table-layout.js';
import type { TvaeModel } from './model.js';
import { parseTvae } from './parameters.js';
import type { TvaeParameters } from './parameters.js';
import { makeCells } from './sample-tvae.js';
import { TvaeLearner } from './tvae-learner.js';

export const generatorName = 'tvae';
export const generatorVersion = '1.1.0';

const shareOfReading = 0.1;
const checkpointSteps = 500;

/**
 * A variational autoencoder of rows: Xu, Skoularidou, Cuesta-Infante, Veeramachaneni, "Modeling tabular data using
 * conditional GAN", NeurIPS 2019, section 4.5. The model keeps the decoder.
 * @throws {ParameterError} {WithheldColumnError} {TooFewRowsError} {TooManyColumnsError} and what `train` throws
 */
export async function fitTvae(
  input: FitInput,
  options: FitOptions,
): Promise<TvaeModel & { readonly parameters: TvaeParameters }> {
  const parameters = parseTvae(options.parameters);
  const columns = input.schema.columns.length;
  if (columns > columnsMax) throw new TooManyColumnsError(columns, columnsMax);
  const ops = await openBackend(parameters.backend);
  const { layout, encoded } = await prepareTable(input, parameters, {
    ...options,
    onProgress: (share) => options.onProgress?.(shareOfReading * share),
  });
  const random = options.random.fork('network');
  const networks = {
    encoder: new Weights(ops, random.fork('encoder')),
    decoder: new Weights(ops, random.fork('decoder')),
  };
  const lossFactor = parameters.lossFactorHundredths / 100;
  const learner = new TvaeLearner(networks, { layout, encoded, widths: parameters, lossFactor });
  const { epochs, stepsMax, minutesMax } = parameters;
  const training = await train(learner, {
    ...{ ...options, random, ops, rowCount: columns === 0 ? 0 : encoded.rows },
    onProgress: (share) => options.onProgress?.(shareOfReading + (1 - shareOfReading) * share),
    plan: {
      ...{ epochs, stepsMax, minutesMax, checkpointSteps },
      ...smallBatches(parameters, encoded.rows),
    },
    identity: sha256Hex(
      canonicalJson({
        generatorName,
        generatorVersion,
        parameters,
        backend: ops.version,
        schema: input.schema,
      }),
    ),
  });
  const weights = networks.decoder.values();
  const model = { layout, parameters, weights };
  return {
    ...{ generator: generatorName, version: generatorVersion, parameters, layout, training },
    backend: { name: ops.backend, version: ops.version },
    calibration: calibrate(model, learner, { ops, random, rowCount: encoded.rows }),
    ...{ weights, spent: [] },
  };
}

function calibrate(
  model: Pick<TvaeModel, 'layout' | 'parameters' | 'weights'>,
  { decoder }: TvaeLearner,
  { ops, rowCount, ...from }: { readonly ops: Ops; readonly rowCount: number; readonly random: Random },
): readonly ColumnCalibration[] {
  const { layout } = model;
  const random = from.random.fork('calibration');
  const range = { start: 0, count: calibrationRows };
  const cells = makeCells(model, { ops, decoder }, { range, random });
  const made = { first: 0, rows: range.count, width: widthOf(layout), cells };
  return fitCalibration(layout, made, { rowCount, random });
}
