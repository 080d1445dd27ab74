import { parseNumberParameter } from '../tabular/number-parameter.js';
import { ParameterError } from '../tabular/parameter-error.js';
import { parseTrainingParameters, trainingNames } from '../tabular/neural/training/training-parameters.js';
import type { TrainingParameters } from '../tabular/neural/training/training-parameters.js';

export interface ImageParameters extends TrainingParameters {
  /** Images that a label must have. */
  readonly labelFloor: number;
  readonly noise: number;
  readonly channels: number;
  readonly criticSteps: number;
}

const trainingDefaults = { epochs: 10_000, batchRows: 32, stepsMax: 3000, rateMillionths: 200 };

const numbers = {
  labelFloor: { default: 20, minimum: 20, maximum: 1_000_000 },
  noise: { default: 64, minimum: 1, maximum: 1024 },
  channels: { default: 16, minimum: 1, maximum: 256 },
  criticSteps: { default: 3, minimum: 1, maximum: 10 },
} as const;

/** @throws {ParameterError} */
export function parseImageParameters(given: Readonly<Record<string, unknown>>): ImageParameters {
  for (const name of Object.keys(given))
    if (!Object.hasOwn(numbers, name) && !trainingNames.includes(name))
      throw new ParameterError(name, 'there is none');
  const parsed = (name: keyof typeof numbers): number =>
    parseNumberParameter(name, numbers[name], given[name]);
  return {
    ...parseTrainingParameters(given, trainingDefaults),
    labelFloor: parsed('labelFloor'),
    noise: parsed('noise'),
    channels: parsed('channels'),
    criticSteps: parsed('criticSteps'),
  };
}
