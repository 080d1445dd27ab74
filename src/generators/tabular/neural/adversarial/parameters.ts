import { guardFloors } from '../../guards/guard-floors.js';
import { parseNumberParameter } from '../../number-parameter.js';
import type { NumberParameter } from '../../number-parameter.js';
import { ParameterError } from '../../parameter-error.js';
import {
  parseTrainingParameters,
  trainingNames,
  trainingProperties,
} from '../training/training-parameters.js';
import type { TrainingDefaults, TrainingParameters } from '../training/training-parameters.js';
import { encodingProperties, parseEncoding } from '../transform/encoding-parameter.js';
import type { NumberEncoding } from '../transform/table-layout.js';
import type { NetworkGuards } from '../transform/prepare-table.js';

export interface AdversarialParameters extends TrainingParameters, NetworkGuards {
  /** Cells of noise that a row is made from. */
  readonly noise: number;
  /** Cells of the widest hidden layers. */
  readonly width: number;
  /** Steps of the critic for each of the generator. */
  readonly criticSteps: number;
}

export type AdversarialDefaults = TrainingDefaults & {
  readonly noise: number;
  readonly width: number;
  readonly criticSteps: number;
  readonly numbers: NumberEncoding;
};

type NumberName = Exclude<keyof AdversarialParameters, keyof TrainingParameters | 'numbers'>;

const numbersOf = ({
  noise,
  width,
  criticSteps,
}: AdversarialDefaults): Readonly<Record<NumberName, NumberParameter>> => ({
  ...guardFloors,
  entriesMax: { default: 100, minimum: 2, maximum: 1000 },
  noise: { default: noise, minimum: 1, maximum: 1024 },
  width: { default: width, minimum: 4, maximum: 1024 },
  criticSteps: { default: criticSteps, minimum: 1, maximum: 10 },
});

/** JSON Schema. */
export function adversarialSchema(defaults: AdversarialDefaults): Readonly<Record<string, unknown>> {
  const numbers = Object.entries(numbersOf(defaults));
  return {
    type: 'object',
    properties: {
      ...Object.fromEntries(numbers.map(([name, facts]) => [name, { type: 'integer', ...facts }])),
      ...encodingProperties(defaults.numbers),
      ...trainingProperties(defaults),
    },
    additionalProperties: false,
  };
}

/** @throws {ParameterError} */
export function parseAdversarial(
  given: Readonly<Record<string, unknown>>,
  defaults: AdversarialDefaults,
): AdversarialParameters {
  const numbers = numbersOf(defaults);
  for (const name of Object.keys(given))
    if (!Object.hasOwn(numbers, name) && name !== 'numbers' && !trainingNames.includes(name))
      throw new ParameterError(name, 'there is none');
  const parsed = (name: NumberName): number => parseNumberParameter(name, numbers[name], given[name]);
  return {
    ...parseTrainingParameters(given, defaults),
    categoryFloor: parsed('categoryFloor'),
    valueFloor: parsed('valueFloor'),
    tailCount: parsed('tailCount'),
    entriesMax: parsed('entriesMax'),
    noise: parsed('noise'),
    width: parsed('width'),
    criticSteps: parsed('criticSteps'),
    numbers: parseEncoding(given['numbers'], defaults.numbers),
  };
}
