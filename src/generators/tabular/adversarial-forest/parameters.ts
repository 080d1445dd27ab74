import { guardFloors } from '../guards/guard-floors.js';
import type { GuardFloors } from '../guards/guard-floors.js';
import { parseNumberParameter } from '../number-parameter.js';
import { ParameterError } from '../parameter-error.js';

export interface ForestParameters extends GuardFloors {
  readonly trees: number;
  /** Real rows of a leaf at least. */
  readonly minLeaf: number;
  /** Rounds of telling real rows from made ones at most. */
  readonly rounds: number;
  /** Bins of a column that trees split on. */
  readonly bins: number;
  /** Rows that are learned from at most, drawn by the seed. */
  readonly rowsMax: number;
  /** A leaf in which all have one rare value has at least so many rows. */
  readonly purityFloor: number;
}

/** The floor of each guard is its minimum here: nobody can fit a weaker model. */
const numbers = {
  trees: { default: 20, minimum: 1, maximum: 200 },
  minLeaf: { default: 10, minimum: 10, maximum: 100_000 },
  rounds: { default: 10, minimum: 1, maximum: 50 },
  bins: { default: 64, minimum: 4, maximum: 250 },
  rowsMax: { default: 20_000, minimum: 100, maximum: 1_000_000 },
  ...guardFloors,
  purityFloor: { default: 50, minimum: 20, maximum: 100_000 },
} as const;
type NumberName = keyof typeof numbers;
const numberNames = Object.keys(numbers) as NumberName[];

export const forestParametersSchema: Readonly<Record<string, unknown>> = {
  type: 'object',
  properties: Object.fromEntries(numberNames.map((name) => [name, { type: 'integer', ...numbers[name] }])),
  additionalProperties: false,
};

/** @throws {ParameterError} */
export function parseForestParameters(given: Readonly<Record<string, unknown>>): ForestParameters {
  for (const name of Object.keys(given))
    if (!Object.hasOwn(numbers, name)) throw new ParameterError(name, 'there is none');
  return Object.fromEntries(
    numberNames.map((name) => [name, parseNumberParameter(name, numbers[name], given[name])]),
  ) as Record<NumberName, number>;
}
