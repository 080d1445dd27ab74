import type { ColumnCell } from '../column-cells.js';

/** What a formula comes to; null is missing, and missing is what missing makes. */
export type FormulaValue = number | string | boolean | null;

/** A formula that has been read: the columns it looks at, and its value for a row. */
export interface Formula {
  readonly columns: readonly string[];
  /** @throws {TypeError} when texts are reckoned with, or a yes and a number are compared */
  readonly valueOf: Term;
}

type Cells = (column: string) => ColumnCell;
export type Term = (cells: Cells) => FormulaValue;

const numberOf = (value: FormulaValue): number | null => {
  if (value === null || typeof value === 'number') return value;
  throw new TypeError(`the formula reckons with ${JSON.stringify(value)}, which is no number`);
};
const truthOf = (value: FormulaValue): boolean | null => {
  if (value === null || typeof value === 'boolean') return value;
  throw new TypeError(`the formula asks whether ${JSON.stringify(value)} holds, which is no condition`);
};

function reckon(left: Term, right: Term, work: (a: number, b: number) => number): Term {
  return (cells) => {
    const [a, b] = [numberOf(left(cells)), numberOf(right(cells))];
    if (a === null || b === null) return null;
    const result = work(a, b);
    // A division by zero has no value.
    return Number.isFinite(result) ? result : null;
  };
}

function compare(left: Term, right: Term, holds: (order: number) => boolean): Term {
  return (cells) => {
    const [a, b] = [left(cells), right(cells)];
    if (a === null || b === null) return null;
    if (typeof a !== typeof b)
      throw new TypeError(`the formula compares ${JSON.stringify(a)} with ${JSON.stringify(b)}`);
    return holds(a < b ? -1 : a > b ? 1 : 0);
  };
}

/** What stands between two terms. */
export const operators: Readonly<Record<string, (left: Term, right: Term) => Term>> = {
  '+': (left, right) => reckon(left, right, (a, b) => a + b),
  '-': (left, right) => reckon(left, right, (a, b) => a - b),
  '*': (left, right) => reckon(left, right, (a, b) => a * b),
  '/': (left, right) => reckon(left, right, (a, b) => a / b),
  '^': (left, right) => reckon(left, right, (a, b) => a ** b),
  '<': (left, right) => compare(left, right, (order) => order < 0),
  '<=': (left, right) => compare(left, right, (order) => order <= 0),
  '>': (left, right) => compare(left, right, (order) => order > 0),
  '>=': (left, right) => compare(left, right, (order) => order >= 0),
  '=': (left, right) => compare(left, right, (order) => order === 0),
  '!=': (left, right) => compare(left, right, (order) => order !== 0),
  // Known as soon as one side decides it, as in SQL.
  and: (left, right) => (cells) => {
    const [a, b] = [truthOf(left(cells)), truthOf(right(cells))];
    if (a === false || b === false) return false;
    return a === null || b === null ? null : true;
  },
  or: (left, right) => (cells) => {
    const [a, b] = [truthOf(left(cells)), truthOf(right(cells))];
    if (a === true || b === true) return true;
    return a === null || b === null ? null : false;
  },
};

interface FormulaFunction {
  readonly least: number;
  readonly most: number;
  readonly make: (terms: readonly Term[]) => Term;
}

const each = (terms: readonly Term[], work: (numbers: readonly number[]) => number): Term => {
  return (cells) => {
    const numbers = terms.map((term) => numberOf(term(cells)));
    const known = numbers.filter((number) => number !== null);
    return known.length < numbers.length ? null : work(known);
  };
};
const one = (work: (number: number) => number): FormulaFunction => ({
  ...{ least: 1, most: 1 },
  make: (terms) => each(terms, ([number = NaN]) => work(number)),
});

export const functions: Readonly<Record<string, FormulaFunction>> = {
  abs: one(Math.abs),
  floor: one(Math.floor),
  round: one(Math.round),
  sqrt: one((number) => Math.sqrt(Math.max(0, number))),
  min: { least: 1, most: 20, make: (terms) => each(terms, (numbers) => Math.min(...numbers)) },
  max: { least: 1, most: 20, make: (terms) => each(terms, (numbers) => Math.max(...numbers)) },
  missing: {
    least: 1,
    most: 1,
    make:
      ([term]) =>
      (cells) =>
        (term?.(cells) ?? null) === null,
  },
  not: {
    ...{ least: 1, most: 1 },
    make:
      ([term]) =>
      (cells) => {
        const truth = truthOf(term?.(cells) ?? null);
        return truth === null ? null : !truth;
      },
  },
  // A condition that is not known chooses nothing.
  if: {
    ...{ least: 3, most: 3 },
    make:
      ([condition, then, otherwise]) =>
      (cells) => {
        const truth = truthOf(condition?.(cells) ?? null);
        return truth === null ? null : ((truth ? then : otherwise)?.(cells) ?? null);
      },
  },
};
