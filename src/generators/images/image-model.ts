import { packModel, unpackModel } from '../model-file/model-bytes.js';
import { ModelReader } from '../model-file/model-reader.js';
import type { WeightValues } from '../tabular/neural/layers/weights.js';
import { readTraining, readValues } from '../tabular/neural/training/checkpoint.js';
import type { TrainingRecord } from '../tabular/neural/training/training-plan.js';
import { imageGeneratorShapes } from './image-networks.js';
import type { ImageNetworkSizes } from './image-networks.js';
import { parseImageParameters } from './image-parameters.js';
import type { ImageParameters } from './image-parameters.js';

export const imageGeneratorName = 'image-gan';
export const imageGeneratorVersion = '1.0.0';

/** The generator alone: the critic, which has looked at the images themselves, is thrown away. */
export interface ImageModel {
  readonly generator: typeof imageGeneratorName;
  readonly version: typeof imageGeneratorVersion;
  readonly parameters: ImageParameters;
  readonly backend: { readonly name: string; readonly version: string };
  readonly side: number;
  readonly names: readonly string[];
  /** Images of each label in the source. */
  readonly counts: Int32Array;
  readonly weights: WeightValues;
  readonly training: TrainingRecord;
}

export const sizesOfImages = ({
  side,
  names,
  parameters,
}: Pick<ImageModel, 'side' | 'names' | 'parameters'>): ImageNetworkSizes => ({
  side,
  labels: names.length,
  channels: parameters.channels,
  noise: parameters.noise,
});

export const saveImageModel = (model: ImageModel): Uint8Array => packModel(model);

/** @throws {ModelFormatError} with the place */
export function loadImageModel(bytes: Uint8Array): ImageModel {
  const reader = new ModelReader(unpackModel(bytes));
  const facts = {
    generator: reader.at('generator').oneOf([imageGeneratorName]),
    version: reader.at('version').oneOf([imageGeneratorVersion]),
    side: reader.at('side').integer(sideMin, sideMax),
    names: reader.at('names').list((name) => name.text()),
    counts: reader.at('counts').integers(),
  };
  if (facts.side % 4 !== 0) reader.at('side').fail('it is not a multiple of 4');
  if (facts.counts.length !== facts.names.length || facts.counts.some((count) => count < 1))
    reader.at('counts').fail('they are not images of each label');
  const given = reader.at('parameters');
  const parameters = given.attempt(() => parseImageParameters(given.record()));
  const weights = readValues(reader.at('weights'));
  for (const [name, size] of imageGeneratorShapes(sizesOfImages({ ...facts, parameters })))
    if (weights[name]?.length !== size) reader.at('weights').fail(`"${name}" has not ${size} numbers`);
  const backend = reader.at('backend');
  return {
    ...facts,
    ...{ parameters, weights, training: readTraining(reader.at('training')) },
    backend: { name: backend.at('name').text(), version: backend.at('version').text() },
  };
}

/** Of an edge, in pixels. */
export const sideMin = 8;
export const sideMax = 64;
