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
import { encodingProperties, parseEncoding } from '../transform/encoding-parameter.js';
import type { NumberEncoding } from '../transform/table-layout.js';
import type { VariationalWidths } from './model.js';

export interface TvaeParameters extends GuardFloors, TrainingParameters, VariationalWidths {
  readonly numbers: NumberEncoding;
  /** The most frequent categories of a column that are told apart. */
  readonly entriesMax: number;
  /** How much more making a row again counts than the law of its code, in hundredths. */
  readonly lossFactorHundredths: number;
}

const trainingDefaults = { epochs: 300, batchRows: 500, stepsMax: 10_000, rateMillionths: 1000 };

const numbers = {
  hidden: { default: 128, minimum: 4, maximum: 1024 },
  latent: { default: 128, minimum: 1, maximum: 512 },
  entriesMax: { default: 250, minimum: 2, maximum: 1000 },
  lossFactorHundredths: { default: 200, minimum: 1, maximum: 10_000 },
  ...guardFloors,
} as const;
type NumberName = keyof typeof numbers;
const numberNames = Object.keys(numbers) as NumberName[];

export const tvaeSchema: Readonly<Record<string, unknown>> = {
  type: 'object',
  properties: {
    ...Object.fromEntries(numberNames.map((name) => [name, { type: 'integer', ...numbers[name] }])),
    ...encodingProperties('quantiles'),
    ...trainingProperties(trainingDefaults),
  },
  additionalProperties: false,
};

/** @throws {ParameterError} */
export function parseTvae(given: Readonly<Record<string, unknown>>): TvaeParameters {
  for (const name of Object.keys(given))
    if (!Object.hasOwn(numbers, name) && name !== 'numbers' && !trainingNames.includes(name))
      throw new ParameterError(name, 'there is none');
  const parsed = Object.fromEntries(
    numberNames.map((name) => [name, parseNumberParameter(name, numbers[name], given[name])]),
  ) as Record<NumberName, number>;
  return {
    ...parsed,
    ...parseTrainingParameters(given, trainingDefaults),
    numbers: parseEncoding(given['numbers'], 'quantiles'),
  };
}
