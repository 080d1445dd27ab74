import { guardFloors } from '../guards/guard-floors.js';
import type { GuardFloors } from '../guards/guard-floors.js';
import { parseNumberParameter } from '../number-parameter.js';
import { ParameterError } from '../parameter-error.js';

export interface BayesianNetworkParameters extends GuardFloors {
  /** Columns that a column is drawn given at most. */
  readonly degree: number;
  /** Groups of values of a column that others tell apart at most. */
  readonly groups: number;
  /** Rows that the shares of a column rest on at least, for each combination of its parents. */
  readonly minLeaf: number;
  /** A combination in which all rows have one rare value has at least so many of them. */
  readonly purityFloor: number;
}

/** The floor of each guard is its minimum here: nobody can fit a weaker model. */
const numbers = {
  degree: { default: 2, minimum: 1, maximum: 4 },
  groups: { default: 50, minimum: 2, maximum: 200 },
  minLeaf: { default: 20, minimum: 20, maximum: 100_000 },
  ...guardFloors,
  purityFloor: { default: 50, minimum: 20, maximum: 100_000 },
} as const;
type NumberName = keyof typeof numbers;
const numberNames = Object.keys(numbers) as NumberName[];

export const bayesianNetworkSchema: Readonly<Record<string, unknown>> = {
  type: 'object',
  properties: Object.fromEntries(numberNames.map((name) => [name, { type: 'integer', ...numbers[name] }])),
  additionalProperties: false,
};

/** @throws {ParameterError} */
export function parseBayesianNetwork(given: Readonly<Record<string, unknown>>): BayesianNetworkParameters {
  for (const name of Object.keys(given))
    if (!Object.hasOwn(numbers, name)) throw new ParameterError(name, 'there is none');
  return Object.fromEntries(
    numberNames.map((name) => [name, parseNumberParameter(name, numbers[name], given[name])]),
  ) as Record<NumberName, number>;
}
