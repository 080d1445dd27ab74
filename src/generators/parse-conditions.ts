import type { Condition } from './generator.js';
import { ConditionError } from './tabular/condition-error.js';

/**
 * Conditions as JSON has them: `{"sex": "f", "age": {"low": 40, "high": 60}, "stage": null}`. Dates are days and
 * datetimes milliseconds since 1970.
 * @throws {ConditionError} that names the column
 */
export function parseConditions(value: unknown): ReadonlyMap<string, Condition> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ConditionError('', 'the conditions are not an object of a value for each column');
  return new Map(Object.entries(value).map(([name, each]) => [name, parseCondition(name, each)]));
}

function parseCondition(name: string, value: unknown): Condition {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'object' && 'low' in value && 'high' in value) {
    const { low, high } = value;
    if (typeof low === 'number' && typeof high === 'number') return { low, high };
  }
  throw new ConditionError(name, 'it is no text, number or null, and no {"low": number, "high": number}');
}
