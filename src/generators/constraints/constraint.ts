import { parseFormula } from './formula/parse-formula.js';

/** What must hold in every row. A row in which a column of it is missing keeps it, unless said otherwise. */
export type Constraint =
  /** low <= high, or low < high when strict; numbers, dates or datetimes. Three in a row are two of these. */
  | { readonly type: 'inequality'; readonly low: string; readonly high: string; readonly strict: boolean }
  /** From `low` to `high`, both included. */
  | { readonly type: 'bounds'; readonly column: string; readonly low: number; readonly high: number }
  /** A whole number of steps. */
  | { readonly type: 'increments'; readonly column: string; readonly step: number }
  /** `total` is the sum of the parts, and missing where one of them is. */
  | { readonly type: 'sum'; readonly total: string; readonly parts: readonly string[] }
  /** Only combinations of categories that at least ten rows have, missing ones included. */
  | { readonly type: 'combinations'; readonly columns: readonly string[] }
  /** Exactly one of the columns is 1, all others are 0; none is missing. */
  | { readonly type: 'one-hot'; readonly columns: readonly string[] }
  /** The column is what a formula of other columns comes to; dates are days and datetimes milliseconds since 1970. */
  | { readonly type: 'formula'; readonly column: string; readonly formula: string }
  /** No two rows have the same number; the rows before decide, so that the first rows are the same whatever their count. */
  | { readonly type: 'unique'; readonly column: string }
  /** Where a category column has the value, another has its own; null for missing. */
  | { readonly type: 'implication'; readonly when: CellIs; readonly then: CellIs };

export interface CellIs {
  readonly column: string;
  readonly is: string | number | null;
}

/** A list of constraints that cannot be read, or that the columns or the rows of the table do not allow. */
export class ConstraintError extends Error {
  constructor(
    /** From 0 on. */
    readonly place: number,
    readonly problem: string,
  ) {
    super(`Constraint ${place + 1}: ${problem}.`);
    this.name = 'ConstraintError';
  }
}

/** @throws {ConstraintError} */
export function parseConstraints(value: unknown): Constraint[] {
  if (!Array.isArray(value)) throw new ConstraintError(0, 'the constraints are not a list');
  return value.map((each: unknown, place) => new Reading(each, place).constraint());
}

/** One constraint as JSON has it. */
class Reading {
  readonly #members: Readonly<Record<string, unknown>>;
  readonly #place: number;

  constructor(value: unknown, place: number) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new ConstraintError(place, 'it is not an object');
    this.#members = value as Readonly<Record<string, unknown>>;
    this.#place = place;
  }

  constraint(): Constraint {
    const type = this.#text('type');
    switch (type) {
      case 'inequality':
        this.#only('low', 'high', 'strict');
        return { type, low: this.#text('low'), high: this.#text('high'), strict: this.#flag('strict') };
      case 'bounds':
        this.#only('column', 'low', 'high');
        return {
          type,
          column: this.#text('column'),
          low: this.#number('low', -Number.MAX_VALUE),
          high: this.#number('high', Number.MAX_VALUE),
        };
      case 'increments':
        this.#only('column', 'step');
        return { type, column: this.#text('column'), step: this.#number('step') };
      case 'sum':
        this.#only('total', 'parts');
        return { type, total: this.#text('total'), parts: this.#texts('parts') };
      case 'combinations':
      case 'one-hot':
        this.#only('columns');
        return { type, columns: this.#texts('columns') };
      case 'formula':
        this.#only('column', 'formula');
        return { type, column: this.#text('column'), formula: this.#formula('formula') };
      case 'unique':
        this.#only('column');
        return { type, column: this.#text('column') };
      case 'implication':
        this.#only('when', 'then');
        return { type, when: this.#cell('when'), then: this.#cell('then') };
      default:
        return this.#fail(`there is no constraint of type "${type}"`);
    }
  }

  #only(...names: readonly string[]): void {
    const unknown = Object.keys(this.#members).find((name) => name !== 'type' && !names.includes(name));
    if (unknown !== undefined) this.#fail(`it has no "${unknown}"; it has ${names.join(', ')}`);
  }

  #text(name: string): string {
    const value = this.#members[name];
    return typeof value === 'string' ? value : this.#fail(`"${name}" is not a text`);
  }

  #texts(name: string): readonly string[] {
    const value = this.#members[name];
    const texts = Array.isArray(value)
      ? value.filter((each): each is string => typeof each === 'string')
      : [];
    const isList = Array.isArray(value) && texts.length === value.length && texts.length >= 2;
    if (!isList || new Set(texts).size < texts.length)
      return this.#fail(`"${name}" is not a list of two or more different columns`);
    return texts;
  }

  #number(name: string, standard?: number): number {
    const value = this.#members[name] ?? standard;
    return typeof value === 'number' && Number.isFinite(value)
      ? value
      : this.#fail(`"${name}" is not a number`);
  }

  #formula(name: string): string {
    const text = this.#text(name);
    try {
      parseFormula(text);
      return text;
    } catch (error) {
      return this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  #flag(name: string): boolean {
    const value = this.#members[name] ?? false;
    return typeof value === 'boolean' ? value : this.#fail(`"${name}" is not true or false`);
  }

  #cell(name: string): CellIs {
    const value = this.#members[name];
    if (typeof value !== 'object' || value === null)
      return this.#fail(`"${name}" is not a column and a value`);
    const { column, is } = value as Readonly<Record<string, unknown>>;
    if (typeof column !== 'string') return this.#fail(`"${name}" names no column`);
    if (is !== null && typeof is !== 'string' && typeof is !== 'number')
      return this.#fail(`"${name}" has no value`);
    return { column, is };
  }

  #fail(problem: string): never {
    throw new ConstraintError(this.#place, problem);
  }
}
