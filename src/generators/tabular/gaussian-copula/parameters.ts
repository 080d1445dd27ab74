import type { TableSchema } from '../../../core/schema/schema.js';
import { UnknownColumnError } from '../../../core/schema/unknown-column-error.js';
import { guardFloors } from '../guards/guard-floors.js';
import type { GuardFloors } from '../guards/guard-floors.js';
import { parseNumberParameter } from '../number-parameter.js';
import { ParameterError } from '../parameter-error.js';
import { distributionNames } from './marginal.js';
import type { DistributionName } from './marginal.js';

/** `best-fit` is the distribution with the smallest Kolmogorov-Smirnov distance. */
type MarginalChoice = DistributionName | 'best-fit';
const marginalChoices: readonly MarginalChoice[] = [...distributionNames, 'best-fit'];

export interface CopulaParameters extends GuardFloors {
  /** Rows whose mean makes a knot of an empirical marginal. */
  readonly knotRows: number;
  /** Rows that a class needs for a copula of its own. */
  readonly classFloor: number;
  /** A column of categories or truths; each of its values gets its own copula. Null: one for all rows. */
  readonly perClass: string | null;
  /** Of every numeric column that `marginals` does not name. */
  readonly marginal: MarginalChoice;
  readonly marginals: Readonly<Record<string, MarginalChoice>>;
}

const numbers = {
  ...guardFloors,
  knotRows: { default: 5, minimum: 5, maximum: 100_000 },
  classFloor: { default: 50, minimum: 40, maximum: 1_000_000 },
} as const;
type NumberName = keyof typeof numbers;
const numberNames = Object.keys(numbers) as NumberName[];
const otherNames = ['perClass', 'marginal', 'marginals'];

export const copulaParametersSchema: Readonly<Record<string, unknown>> = {
  type: 'object',
  properties: {
    ...Object.fromEntries(numberNames.map((name) => [name, { type: 'integer', ...numbers[name] }])),
    perClass: { type: ['string', 'null'], default: null },
    marginal: { enum: marginalChoices, default: 'empirical' },
    marginals: { type: 'object', additionalProperties: { enum: marginalChoices }, default: {} },
  },
  additionalProperties: false,
};

/** @throws {ParameterError} {UnknownColumnError} */
export function parseCopulaParameters(
  given: Readonly<Record<string, unknown>>,
  { columns }: TableSchema,
): CopulaParameters {
  for (const name of Object.keys(given))
    if (!otherNames.includes(name) && !Object.hasOwn(numbers, name))
      throw new ParameterError(name, 'there is none');
  const parsed = Object.fromEntries(
    numberNames.map((name) => [name, parseNumberParameter(name, numbers[name], given[name])]),
  ) as Record<NumberName, number>;
  return {
    ...parsed,
    perClass: parsePerClass(given['perClass'], columns),
    marginal: parseChoice('marginal', given['marginal'] ?? 'empirical'),
    marginals: parseMarginals(given['marginals'], columns),
  };
}

function parsePerClass(value: unknown, columns: TableSchema['columns']): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw new ParameterError('perClass', 'it is not the name of a column');
  const column = knownColumn(value, columns);
  if (column.type !== 'category' && column.type !== 'boolean')
    throw new ParameterError('perClass', `"${value}" is a ${column.type}, not a category or boolean`);
  return value;
}

function parseMarginals(value: unknown, columns: TableSchema['columns']): Record<string, MarginalChoice> {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ParameterError('marginals', 'it is not an object of a distribution for each column');
  return Object.fromEntries(
    Object.entries(value).map(([name, choice]) => {
      const { type } = knownColumn(name, columns);
      if (type === 'category' || type === 'boolean')
        throw new ParameterError('marginals', `"${name}" holds no numbers`);
      return [name, parseChoice('marginals', choice)];
    }),
  );
}

function parseChoice(parameter: string, value: unknown): MarginalChoice {
  const choice = marginalChoices.find((each) => each === value);
  if (choice === undefined)
    throw new ParameterError(
      parameter,
      `${JSON.stringify(value)} is not one of ${marginalChoices.join(', ')}`,
    );
  return choice;
}

function knownColumn(name: string, columns: TableSchema['columns']): TableSchema['columns'][number] {
  const column = columns.find((candidate) => candidate.name === name);
  if (!column) {
    throw new UnknownColumnError(
      name,
      columns.map((known) => known.name),
    );
  }
  return column;
}
