import { adversarialGenerator } from './adversarial-generator.js';
import { DenseGenerator, denseShapes } from './dense-generator.js';
import type { GeneratorSizes } from './model.js';
import { PackedCritic } from './packed-critic.js';

/** Each layer twice as wide as the one before, up to `width`. */
const sizesOf = ({ inputs, width, outputs }: GeneratorSizes): number[] => [
  inputs,
  Math.ceil(width / 4),
  Math.ceil(width / 2),
  width,
  outputs,
];

/** Plain dense networks by Wasserstein's distance with a gradient penalty: the tabular WGAN-GP of ydata-synthetic. */
export const wganGp = adversarialGenerator(
  {
    name: 'wgan-gp',
    version: '1.1.0',
    defaults: {
      ...{ epochs: 10_000, batchRows: 128, stepsMax: 3000, rateMillionths: 200 },
      ...{ noise: 128, width: 512, criticSteps: 3, numbers: 'modes' as const },
    },
    pack: 1,
    isConditional: false,
    generator: (weights, sizes) => new DenseGenerator(weights, sizesOf(sizes)),
    shapes: (sizes) => denseShapes(sizesOf(sizes)),
    critic: (weights, { inputs, width }) =>
      new PackedCritic(weights, {
        ...{ inputs, hidden: [width, Math.ceil(width / 2), Math.ceil(width / 4)] },
        ...{ pack: 1, slope: 0, dropped: 0.1 },
      }),
  },
  'Tabular Wasserstein GAN with gradient penalty',
);
