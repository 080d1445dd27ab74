import { canonicalJson } from '../../core/hashing/canonical-json.js';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { FitOptions } from '../generator.js';
import { Weights } from '../tabular/neural/layers/weights.js';
import { openBackend } from '../../core/tensor/open-backend.js';
import { train } from '../tabular/neural/training/train.js';
import { ImageLearner } from './image-learner.js';
import { imageGeneratorName, imageGeneratorVersion, sideMax, sideMin, sizesOfImages } from './image-model.js';
import type { ImageModel } from './image-model.js';
import { ImageCritic, ImageGenerator } from './image-networks.js';
import { parseImageParameters } from './image-parameters.js';
import { ImageSetError } from './image-set.js';
import type { ImageSet } from './image-set.js';

const checkpointSteps = 200;

/**
 * A picture of a label from noise, learned against a critic.
 * @throws {ParameterError} {ImageSetError} and what `train` throws
 */
export async function fitImages(images: ImageSet, options: FitOptions): Promise<ImageModel> {
  const parameters = parseImageParameters(options.parameters);
  const { side, names } = images;
  const counts = countLabels(images);
  refuse(images, counts, parameters.labelFloor);
  const ops = await openBackend(parameters.backend);
  const random = options.random.fork('images');
  const weights = {
    generator: new Weights(ops, random.fork('generator')),
    critic: new Weights(ops, random.fork('critic')),
  };
  const sizes = sizesOfImages({ side, names, parameters });
  const contest = {
    ...{ weights, noise: parameters.noise, criticSteps: parameters.criticSteps },
    generator: new ImageGenerator(weights.generator, sizes),
    critic: new ImageCritic(weights.critic, sizes),
  };
  const { epochs, batchRows, stepsMax, minutesMax, rateMillionths } = parameters;
  const facts = {
    generator: imageGeneratorName,
    version: imageGeneratorVersion,
    ...{ parameters, side, names },
    backend: { name: ops.backend, version: ops.version },
  } as const;
  const training = await train(new ImageLearner(contest, images), {
    ...{ ...options, random, ops, rowCount: images.labels.length },
    plan: { epochs, batchRows, stepsMax, minutesMax, checkpointSteps, rate: rateMillionths / 1e6 },
    identity: sha256Hex(canonicalJson(facts)),
  });
  return { ...facts, counts, weights: weights.generator.values(), training };
}

function countLabels({ labels, names }: ImageSet): Int32Array {
  const counts = new Int32Array(names.length);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

function refuse({ side, names }: ImageSet, counts: Int32Array, floor: number): void {
  if (side < sideMin || side > sideMax || side % 4 !== 0)
    throw new ImageSetError(`an edge of ${side} pixels is not a multiple of 4 from ${sideMin} to ${sideMax}`);
  if (names.length === 0) throw new ImageSetError('there are none');
  for (const [label, count] of counts.entries())
    if (count < floor)
      throw new ImageSetError(
        `"${names[label] ?? ''}" has ${count} images, and ${floor} are needed to learn from`,
      );
}
