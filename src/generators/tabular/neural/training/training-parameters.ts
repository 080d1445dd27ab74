import { parseNumberParameter } from '../../number-parameter.js';
import type { NumberParameter } from '../../number-parameter.js';
import { ParameterError } from '../../parameter-error.js';

/** Where networks are computed. Another backend gives other bytes, so it is part of what a model is learned by. */
export const backendNames = ['wasm', 'tfjs', 'tfjs-node'] as const;
export type BackendName = (typeof backendNames)[number];

/** How a network is trained, as every neural generator is told. */
export interface TrainingParameters {
  readonly backend: BackendName;
  readonly epochs: number;
  readonly batchRows: number;
  /** Steps at most: the cap on time that keeps the bytes the same. */
  readonly stepsMax: number;
  /** A training that takes longer fails. */
  readonly minutesMax: number;
  /** Of Adam at the start, in millionths. */
  readonly rateMillionths: number;
}

type TrainingNumber = Exclude<keyof TrainingParameters, 'backend'>;
export type TrainingDefaults = Readonly<Record<Exclude<TrainingNumber, 'minutesMax'>, number>>;

const limits: Readonly<Record<TrainingNumber, Omit<NumberParameter, 'default'>>> = {
  epochs: { minimum: 1, maximum: 10_000 },
  batchRows: { minimum: 10, maximum: 10_000 },
  stepsMax: { minimum: 1, maximum: 1_000_000 },
  minutesMax: { minimum: 1, maximum: 10_080 },
  rateMillionths: { minimum: 1, maximum: 100_000 },
};

const numbersOf = (defaults: TrainingDefaults): Readonly<Record<TrainingNumber, NumberParameter>> => {
  const all = { ...defaults, minutesMax: 240 };
  const { epochs, batchRows, stepsMax, minutesMax, rateMillionths } = limits;
  return {
    epochs: { ...epochs, default: all.epochs },
    batchRows: { ...batchRows, default: all.batchRows },
    stepsMax: { ...stepsMax, default: all.stepsMax },
    minutesMax: { ...minutesMax, default: all.minutesMax },
    rateMillionths: { ...rateMillionths, default: all.rateMillionths },
  };
};

/** JSON Schema of the properties. */
export function trainingProperties(defaults: TrainingDefaults): Readonly<Record<string, unknown>> {
  const numbers = Object.entries(numbersOf(defaults));
  return {
    backend: { enum: backendNames, default: 'wasm' },
    ...Object.fromEntries(numbers.map(([name, facts]) => [name, { type: 'integer', ...facts }])),
  };
}

export const trainingNames: readonly string[] = ['backend', ...Object.keys(limits)];

/** @throws {ParameterError} */
export function parseTrainingParameters(
  given: Readonly<Record<string, unknown>>,
  defaults: TrainingDefaults,
): TrainingParameters {
  const { backend: wanted = 'wasm' } = given;
  const backend = backendNames.find((name) => name === wanted);
  if (backend === undefined)
    throw new ParameterError('backend', `${JSON.stringify(wanted)} is not one of ${backendNames.join(', ')}`);
  const numbers = numbersOf(defaults);
  const parsed = (name: TrainingNumber): number => parseNumberParameter(name, numbers[name], given[name]);
  return {
    backend,
    epochs: parsed('epochs'),
    batchRows: parsed('batchRows'),
    stepsMax: parsed('stepsMax'),
    minutesMax: parsed('minutesMax'),
    rateMillionths: parsed('rateMillionths'),
  };
}
