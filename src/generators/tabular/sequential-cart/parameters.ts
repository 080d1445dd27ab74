import type { TableSchema } from '../../../core/schema/schema.js';
import { UnknownColumnError } from '../../../core/schema/unknown-column-error.js';
import { guardFloors } from '../guards/guard-floors.js';
import type { GuardFloors } from '../guards/guard-floors.js';
import { parseNumberParameter } from '../number-parameter.js';
import { ParameterError } from '../parameter-error.js';

export interface CartParameters extends GuardFloors {
  /** Rows that a leaf rests on at least. */
  readonly minLeaf: number;
  readonly maxDepth: number;
  /** Bins of a column that others are predicted from. */
  readonly bins: number;
  /** Trees a column; each row is drawn from one of them. More than one are grown on part of the rows each. */
  readonly bagging: number;
  /** A leaf of one rare value alone has at least so many rows. */
  readonly purityFloor: number;
  /** Columns that are made first, in this order; the others follow in the order of the schema. */
  readonly order: readonly string[];
}

/** The floor of each guard is its minimum here: nobody can fit a weaker model. */
const numbers = {
  minLeaf: { default: 20, minimum: 20, maximum: 100_000 },
  maxDepth: { default: 30, minimum: 1, maximum: 60 },
  bins: { default: 64, minimum: 4, maximum: 250 },
  bagging: { default: 1, minimum: 1, maximum: 50 },
  ...guardFloors,
  purityFloor: { default: 50, minimum: 20, maximum: 100_000 },
} as const;
type NumberName = keyof typeof numbers;
const numberNames = Object.keys(numbers) as NumberName[];

export const cartParametersSchema: Readonly<Record<string, unknown>> = {
  type: 'object',
  properties: {
    ...Object.fromEntries(numberNames.map((name) => [name, { type: 'integer', ...numbers[name] }])),
    order: { type: 'array', items: { type: 'string' }, uniqueItems: true, default: [] },
  },
  additionalProperties: false,
};

/** @throws {ParameterError} {UnknownColumnError} */
export function parseCartParameters(
  given: Readonly<Record<string, unknown>>,
  schema: TableSchema,
): CartParameters {
  for (const name of Object.keys(given))
    if (name !== 'order' && !Object.hasOwn(numbers, name)) throw new ParameterError(name, 'there is none');
  const parsed = Object.fromEntries(
    numberNames.map((name) => [name, parseNumberParameter(name, numbers[name], given[name])]),
  ) as Record<NumberName, number>;
  return { ...parsed, order: parseOrder(given['order'], schema) };
}

function parseOrder(value: unknown, { columns }: TableSchema): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new ParameterError('order', 'it is not a list of column names');
  const known = columns.map(({ name }) => name);
  const order = value.map((name: unknown) => {
    if (typeof name !== 'string') throw new ParameterError('order', 'it is not a list of column names');
    if (!known.includes(name)) throw new UnknownColumnError(name, known);
    return name;
  });
  if (new Set(order).size < order.length) throw new ParameterError('order', 'a column stands in it twice');
  return order;
}
