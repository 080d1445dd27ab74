import { setImmediate as nextTurn } from 'node:timers/promises';
import { normalQuantile } from '../../core/distributions/normal.js';
import type { Random } from '../../core/random/random.js';
import { Calculus } from '../../core/tensor/calculus.js';
import { Pass } from '../tabular/neural/layers/pass.js';
import { Weights } from '../tabular/neural/layers/weights.js';
import { openBackend } from '../../core/tensor/open-backend.js';
import { WeightedChoice } from '../tabular/weighted-choice.js';
import type { ImageModel } from './image-model.js';
import { sizesOfImages } from './image-model.js';
import { ImageGenerator } from './image-networks.js';
import { ImageSetError } from './image-set.js';
import type { LabelledImage } from './image-set.js';

/** Pictures that go through the network together; they are the same whatever their number. */
const blockSize = 32;

export interface SampleImagesOptions {
  readonly images: number;
  readonly random: Random;
  /** Of all of them; without it labels come as often as in the source. */
  readonly label?: string;
}

/** The first n are the same whatever their number. @throws {ImageSetError} before the first, for a label it never saw */
export function sampleImages(model: ImageModel, options: SampleImagesOptions): AsyncIterable<LabelledImage> {
  const { label, random } = options;
  const only = label === undefined ? -1 : model.names.indexOf(label);
  if (label !== undefined && only < 0)
    throw new ImageSetError(`"${label}" is not one of the labels: ${model.names.join(', ')}`);
  const choice = new WeightedChoice('labels', [...model.counts]);
  const labels = random.fork('label');
  const labelOf = (at: number): number => (only < 0 ? choice.pick(labels.uniformAt(at)) : only);
  return pictures(model, options, labelOf);
}

async function* pictures(
  model: ImageModel,
  { images, random }: SampleImagesOptions,
  labelOf: (at: number) => number,
): AsyncGenerator<LabelledImage> {
  const ops = await openBackend(model.parameters.backend);
  const weights = new Weights(ops, null);
  const sizes = sizesOfImages(model);
  const generator = new ImageGenerator(weights, sizes);
  weights.setValues(model.weights);
  const calculus = new Calculus(ops);
  const noise = random.fork('noise');
  const width = sizes.noise + sizes.labels;
  const size = model.side ** 2;
  for (let start = 0; start < images; start += blockSize) {
    const count = Math.min(blockSize, images - start);
    const inputs = new Float32Array(count * width);
    for (let at = 0; at < count; at += 1) {
      for (let cell = 0; cell < sizes.noise; cell += 1)
        inputs[at * width + cell] = normalQuantile(noise.uniformAt(start + at, cell));
      inputs[at * width + sizes.noise + labelOf(start + at)] = 1;
    }
    const cells = ops.step(() => {
      const pass = new Pass(calculus, { trained: [], isTraining: false, random });
      return ops.read(generator.apply(pass, pass.constant(count, width, inputs)).value);
    });
    const pixels = Uint8Array.from(cells, (cell) => Math.round(127.5 * (cell + 1)));
    for (let at = 0; at < count; at += 1)
      yield {
        label: model.names[labelOf(start + at)] ?? '',
        pixels: pixels.slice(at * size, (at + 1) * size),
      };
    await nextTurn();
  }
}
