import {
  parsePrivateParameters,
  privateParametersSchema,
  wholeNumber,
} from '../../differentially-private/private-parameters.js';
import type { PrivateParameters } from '../../differentially-private/private-parameters.js';
import { ParameterError } from '../../parameter-error.js';
import { backendNames } from '../../../../core/tensor/open-backend.js';
import type { BackendName } from '../../../../core/tensor/open-backend.js';

/** How networks are trained with differential privacy. */
export interface PrivateTrainingParameters extends PrivateParameters {
  readonly backend: BackendName;
  /** Steps, all of which are paid for. */
  readonly stepsMax: number;
  readonly minutesMax: number;
  /** Rows of a step in the mean. */
  readonly batchRows: number;
  readonly rateMillionths: number;
  /** What the gradient of one row is cut to, in hundredths. */
  readonly clipHundredths: number;
  /** Share of the budget, in hundredths, for counts that groups of values are made by. */
  readonly countsHundredths: number;
}

const numbers = {
  stepsMax: { standard: 300, minimum: 1, maximum: 100_000 },
  minutesMax: { standard: 240, minimum: 1, maximum: 10_080 },
  batchRows: { standard: 500, minimum: 10, maximum: 2000 },
  rateMillionths: { standard: 2000, minimum: 1, maximum: 100_000 },
  clipHundredths: { standard: 100, minimum: 1, maximum: 100_000 },
  countsHundredths: { standard: 25, minimum: 1, maximum: 90 },
} as const;
type NumberName = keyof typeof numbers;
const numberNames = Object.keys(numbers) as NumberName[];

/** Noise that is normal needs a delta. */
const deltaMin = 1e-12;

/** @param more properties that the generator reads itself */
export const privateTrainingSchema = (
  more: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  privateParametersSchema({
    deltaMin,
    more: {
      backend: { enum: backendNames, default: 'wasm' },
      ...Object.fromEntries(
        numberNames.map((name) => {
          const { standard, ...limits } = numbers[name];
          return [name, { type: 'integer', ...limits, default: standard }];
        }),
      ),
      ...more,
    },
  });

/**
 * @param more names of parameters that the generator reads itself
 * @throws {ParameterError} also for subjects with several rows: the privacy of samples is that of rows drawn each by
 * itself
 */
export function parsePrivateTraining(
  given: Readonly<Record<string, unknown>>,
  more: readonly string[],
): PrivateTrainingParameters {
  const names = ['backend', ...numberNames, ...more];
  const parameters = parsePrivateParameters(given, { deltaMin, more: names });
  if (parameters.rowsPerSubject !== 1)
    throw new ParameterError(
      'rowsPerSubject',
      'samples are of rows, so it has to be 1; with "subject" one row of each is kept',
    );
  const { backend: wanted = 'wasm' } = given;
  const backend = backendNames.find((name) => name === wanted);
  if (backend === undefined)
    throw new ParameterError('backend', `${JSON.stringify(wanted)} is not one of ${backendNames.join(', ')}`);
  const parsed = Object.fromEntries(
    numberNames.map((name) => [name, wholeNumber(given, name, numbers[name])]),
  ) as Record<NumberName, number>;
  return { ...parameters, ...parsed, backend };
}
