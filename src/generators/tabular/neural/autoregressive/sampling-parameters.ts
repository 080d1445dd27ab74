import { ParameterError } from '../../parameter-error.js';

/** How rows are drawn from what was learned. */
export interface SamplingParameters {
  /** Below 1 likely values become likelier, above 1 less so. */
  readonly temperature: number;
  /** Of the values of a cell, the likeliest that have this share together; 1: all. */
  readonly topShare: number;
  /** Shares that categories of one column shall have instead of those of the rows. */
  readonly rebalance: Rebalance | null;
}

export interface Rebalance {
  readonly column: string;
  /** Above 0 and together 1; a category that is not named does not come out. */
  readonly shares: Readonly<Record<string, number>>;
}

export const samplingProperties: Readonly<Record<string, unknown>> = {
  temperature: { type: 'number', minimum: 0.1, maximum: 5, default: 1 },
  topShare: { type: 'number', minimum: 0.1, maximum: 1, default: 1 },
  rebalance: {
    type: ['object', 'null'],
    default: null,
    required: ['column', 'shares'],
    properties: {
      column: { type: 'string' },
      shares: { type: 'object', additionalProperties: { type: 'number', exclusiveMinimum: 0, maximum: 1 } },
    },
    additionalProperties: false,
  },
};

export const samplingNames: readonly string[] = Object.keys(samplingProperties);

/** @throws {ParameterError} */
export function parseSampling(given: Readonly<Record<string, unknown>>): SamplingParameters {
  return {
    temperature: numberBetween(given, 'temperature', 5),
    topShare: numberBetween(given, 'topShare', 1),
    rebalance: parseRebalance(given['rebalance'] ?? null),
  };
}

function numberBetween(given: Readonly<Record<string, unknown>>, name: string, maximum: number): number {
  const value = given[name] ?? 1;
  if (typeof value !== 'number' || !(value >= 0.1 && value <= maximum))
    throw new ParameterError(name, `${JSON.stringify(value)} is not a number from 0.1 to ${maximum}`);
  return value;
}

function parseRebalance(value: unknown): Rebalance | null {
  if (value === null) return null;
  const fail = (problem: string): never => {
    throw new ParameterError('rebalance', problem);
  };
  if (typeof value !== 'object') return fail('it is not an object of a column and its shares');
  const { column, shares, ...rest } = value as Readonly<Record<string, unknown>>;
  if (typeof column !== 'string' || typeof shares !== 'object' || shares === null || Array.isArray(shares))
    return fail('it is not an object of a column and its shares');
  if (Object.keys(rest).length > 0) fail('it has more than a column and its shares');
  const entries = Object.entries(shares as Readonly<Record<string, unknown>>).map(
    ([category, share]): [string, number] =>
      typeof share === 'number' && share > 0 && share <= 1
        ? [category, share]
        : fail(`${JSON.stringify(share)} is no share of "${category}"`),
  );
  const sum = entries.reduce((total, [, share]) => total + share, 0);
  if (Math.abs(sum - 1) > 1e-6) fail(`its shares are ${sum} together, not 1`);
  return { column, shares: Object.fromEntries(entries) };
}
