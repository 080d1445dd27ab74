import { guardFloors } from '../../guards/guard-floors.js';
import type { GuardFloors } from '../../guards/guard-floors.js';
import { parseNumberParameter } from '../../number-parameter.js';
import { ParameterError } from '../../parameter-error.js';
import {
  parseTrainingParameters,
  trainingNames,
  trainingProperties,
} from '../training/training-parameters.js';
import type { TrainingParameters } from '../training/training-parameters.js';
import { parseSampling, samplingNames, samplingProperties } from './sampling-parameters.js';
import type { SamplingParameters } from './sampling-parameters.js';

export interface AutoregressiveParameters extends GuardFloors, TrainingParameters, SamplingParameters {
  /** Groups of values of a column that the network tells apart at most. */
  readonly groups: number;
}

const trainingDefaults = { epochs: 100, batchRows: 500, stepsMax: 4000, rateMillionths: 4000 };

const numbers = {
  groups: { default: 100, minimum: 2, maximum: 250 },
  ...guardFloors,
} as const;
type NumberName = keyof typeof numbers;
const numberNames = Object.keys(numbers) as NumberName[];

export const autoregressiveSchema: Readonly<Record<string, unknown>> = {
  type: 'object',
  properties: {
    ...Object.fromEntries(numberNames.map((name) => [name, { type: 'integer', ...numbers[name] }])),
    ...trainingProperties(trainingDefaults),
    ...samplingProperties,
  },
  additionalProperties: false,
};

/** @throws {ParameterError} */
export function parseAutoregressive(given: Readonly<Record<string, unknown>>): AutoregressiveParameters {
  for (const name of Object.keys(given))
    if (!Object.hasOwn(numbers, name) && ![...trainingNames, ...samplingNames].includes(name))
      throw new ParameterError(name, 'there is none');
  const parsed = Object.fromEntries(
    numberNames.map((name) => [name, parseNumberParameter(name, numbers[name], given[name])]),
  ) as Record<NumberName, number>;
  return { ...parsed, ...parseTrainingParameters(given, trainingDefaults), ...parseSampling(given) };
}
