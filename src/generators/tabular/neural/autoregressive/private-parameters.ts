import { wholeNumber } from '../../differentially-private/private-parameters.js';
import { parsePrivateTraining, privateTrainingSchema } from '../private/training-parameters.js';
import type { PrivateTrainingParameters } from '../private/training-parameters.js';
import { parseSampling, samplingNames, samplingProperties } from './sampling-parameters.js';
import type { SamplingParameters } from './sampling-parameters.js';

export interface PrivateAutoregressiveParameters extends PrivateTrainingParameters, SamplingParameters {
  /** Groups of values of a column that the network tells apart at most. */
  readonly groups: number;
}

const groups = { minimum: 2, maximum: 250, standard: 32 };

export const privateAutoregressiveSchema = privateTrainingSchema({
  groups: { type: 'integer', minimum: groups.minimum, maximum: groups.maximum, default: groups.standard },
  ...samplingProperties,
});

/** @throws {ParameterError} */
export function parsePrivateAutoregressive(
  given: Readonly<Record<string, unknown>>,
): PrivateAutoregressiveParameters {
  return {
    ...parsePrivateTraining(given, ['groups', ...samplingNames]),
    ...parseSampling(given),
    groups: wholeNumber(given, 'groups', groups),
  };
}
