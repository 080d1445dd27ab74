import { unpackModel } from '../../../model-file/model-bytes.js';
import { ModelReader } from '../../../model-file/model-reader.js';
import { readEntry } from '../../network/load-network.js';
import { readTraining, readValues } from '../training/checkpoint.js';
import { readCalibration } from '../transform/load-calibration.js';
import { readLayout } from '../transform/load-layout.js';
import { widthOf } from '../transform/table-layout.js';
import type { TvaeModel } from './model.js';
import { decoderShapes } from './networks.js';

interface ModelFacts<Parameters> {
  readonly name: string;
  readonly version: string;
  /** Throws what it refuses. */
  readonly parse: (parameters: Readonly<Record<string, unknown>>) => Parameters;
}

/**
 * The model that was saved, everything that sampling relies on checked.
 * @throws {ModelFormatError} with the place
 */
export function loadTvae<Parameters extends TvaeModel['parameters']>(
  bytes: Uint8Array,
  { name, version, parse }: ModelFacts<Parameters>,
): TvaeModel & { readonly parameters: Parameters } {
  const reader = new ModelReader(unpackModel(bytes));
  reader.at('generator').oneOf([name]);
  reader.at('version').oneOf([version]);
  const at = reader.at('parameters');
  const parameters = at.attempt(() => parse(at.record()));
  const layout = readLayout(reader.at('layout'));
  const values = layout.filter(({ kind }) => kind === 'numbers').length;
  const weights = readValues(reader.at('weights'));
  for (const [weight, size] of decoderShapes({ width: widthOf(layout), values }, parameters))
    if (weights[weight]?.length !== size) reader.at('weights').fail(`"${weight}" has not ${size} numbers`);
  const backend = reader.at('backend');
  return {
    ...{ generator: name, version, parameters, layout, weights },
    calibration: readCalibration(reader.at('calibration'), layout),
    backend: { name: backend.at('name').text(), version: backend.at('version').text() },
    training: readTraining(reader.at('training')),
    spent: reader.at('spent').list(readEntry),
  };
}
