import type { Code } from '../../codes.js';
import type { Fields, Place } from '../../library/fields.js';
import type { AttributeValue } from '../../person/attribute-value.js';
import { Entry } from '../../record/entry.js';
import { SimulationError } from '../../simulation-error.js';

export const comparisons = ['==', '!=', '<', '<=', '>', '>='] as const;
export const operators = ['==', '!=', '<', '<=', '>', '>=', 'is nil', 'is not nil'] as const;
export type Operator = (typeof operators)[number];

export type Comparable = string | number | boolean | Code;

type NumberTest = (left: number, right: number) => boolean;

export const compareNumbers: Readonly<Record<(typeof comparisons)[number], NumberTest>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

/** The test of a number with what an object says: `{operator, <name>}`. */
export function numberTest(fields: Fields, name: string): (left: number) => boolean {
  const compare = compareNumbers[fields.oneOf('operator', comparisons)];
  const right = fields.number(name);
  return (left) => compare(left, right);
}

export function isCode(value: unknown): value is Code {
  return typeof value === 'object' && value !== null && 'system' in value && 'code' in value;
}

/**
 * The test of a value with `operator` and a right side. Nothing is equal to nil, except by `is nil`; numbers are compared
 * by size, texts letter by letter, codes by system and code.
 * @throws {SimulationError} in a life where the two are of different types
 */
export function valueTest(
  operator: Operator,
  right: Comparable | null,
  place: Place,
): (left: AttributeValue | undefined) => boolean {
  if (operator === 'is nil') return (left) => left === undefined;
  if (operator === 'is not nil') return (left) => left !== undefined;
  if (right === null) return () => false;
  if (typeof right === 'object') return codeTest(operator, right, place);
  const compare = compareNumbers[operator] as (left: Comparable, right: Comparable) => boolean;
  return (left) => {
    if (left === undefined) return false;
    if (typeof left === 'object' || typeof left !== typeof right) throw mismatch(place, left, right);
    return compare(left, right);
  };
}

function codeTest(
  operator: (typeof comparisons)[number],
  right: Code,
  place: Place,
): (left: AttributeValue | undefined) => boolean {
  return (left) => {
    if (left === undefined) return false;
    if (!isCode(left) || (operator !== '==' && operator !== '!=')) throw mismatch(place, left, right);
    return (left.system === right.system && left.code === right.code) === (operator === '==');
  };
}

function mismatch(place: Place, left: AttributeValue, right: Comparable): SimulationError {
  const what = left instanceof Entry ? left.kind : JSON.stringify(left);
  return new SimulationError(place, `${what} cannot be compared with ${JSON.stringify(right)}.`);
}
