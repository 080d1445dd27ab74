import { adversarialGenerator } from './adversarial-generator.js';
import { PackedCritic } from './packed-critic.js';
import { ResidualGenerator, residualShapes } from './residual-generator.js';

/** Rows that the critic judges together. */
const pack = 10;

/** The shape of Xu et al. 2019, "Modeling tabular data using conditional GAN", with the settings of its authors' program. */
export const ctgan = adversarialGenerator(
  {
    name: 'ctgan',
    version: '1.1.0',
    defaults: {
      ...{ epochs: 10_000, batchRows: 500, stepsMax: 3000, rateMillionths: 200 },
      ...{ noise: 128, width: 256, criticSteps: 1, numbers: 'modes' as const },
    },
    pack,
    isConditional: true,
    generator: (weights, { inputs, width, outputs }) =>
      new ResidualGenerator(weights, { inputs, hidden: [width, width], outputs }),
    shapes: ({ inputs, width, outputs }) => residualShapes({ inputs, hidden: [width, width], outputs }),
    critic: (weights, { inputs, width }) =>
      new PackedCritic(weights, { inputs, hidden: [width, width], pack, slope: 0.2, dropped: 0.5 }),
  },
  'Conditional tabular GAN (CTGAN)',
);
