import type { Problem } from './problem.js';

export type JsonObject = Readonly<Record<string, unknown>>;

export interface Place {
  readonly file: string;
  readonly state: string | null;
  readonly field: string;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The fields of one JSON object of a module. What is missing or of another type is noted as a problem with its place,
 * and a value of the right type is given back so that reading goes on and finds all problems at once.
 */
export class Fields {
  constructor(
    readonly values: JsonObject,
    readonly place: Place,
    readonly problems: Problem[],
  ) {}

  has(name: string): boolean {
    return this.values[name] !== undefined && this.values[name] !== null;
  }

  note(severity: Problem['severity'], field: string, message: string): void {
    const { file, state } = this.place;
    this.problems.push({ severity, file, state, field: this.#path(field), message });
  }

  fail(field: string, message: string): void {
    this.note('error', field, message);
  }

  text(name: string): string {
    return this.optionalText(name) ?? this.#missing(name, 'a text', '');
  }

  optionalText(name: string): string | null {
    if (!this.has(name)) return null;
    const value = this.values[name];
    return typeof value === 'string' ? value : this.#wrong(name, 'a text', '');
  }

  number(name: string): number {
    return this.optionalNumber(name) ?? this.#missing(name, 'a number', 0);
  }

  /** A number; lookup tables write their probabilities as text, so a text that is a number is one too. */
  optionalNumber(name: string): number | null {
    if (!this.has(name)) return null;
    const value = this.values[name];
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : this.#wrong(name, 'a number', 0);
  }

  flag(name: string): boolean {
    if (!this.has(name)) return false;
    const value = this.values[name];
    return typeof value === 'boolean' ? value : this.#wrong(name, 'true or false', false);
  }

  /** One of a few words; the first one where it is none of them. */
  oneOf<Word extends string>(name: string, words: readonly [Word, ...Word[]]): Word {
    const value = this.text(name);
    const found = words.find((word) => word === value);
    if (found === undefined && value !== '')
      this.fail(name, `"${value}" is not one of: ${words.join(', ')}.`);
    return found ?? words[0];
  }

  child(name: string): Fields {
    return this.optionalChild(name) ?? this.#missing(name, 'an object', this.#inner({}, name));
  }

  optionalChild(name: string): Fields | null {
    if (!this.has(name)) return null;
    const value = this.values[name];
    return this.#inner(isObject(value) ? value : this.#wrong(name, 'an object', {}), name);
  }

  children(name: string): Fields[] {
    return this.optionalChildren(name) ?? this.#missing(name, 'a list', []);
  }

  optionalChildren(name: string): Fields[] | null {
    if (!this.has(name)) return null;
    const value = this.values[name];
    if (!Array.isArray(value)) return this.#wrong(name, 'a list', []);
    return value.map((item: unknown, index) => {
      const path = `${name}[${index}]`;
      return this.#inner(isObject(item) ? item : this.#wrong(path, 'an object', {}), path);
    });
  }

  #inner(values: JsonObject, name: string): Fields {
    return new Fields(values, { ...this.place, field: this.#path(name) }, this.problems);
  }

  #missing<Value>(name: string, what: string, instead: Value): Value {
    this.fail(name, `is missing; it is ${what}.`);
    return instead;
  }

  #wrong<Value>(name: string, what: string, instead: Value): Value {
    this.fail(name, `must be ${what}.`);
    return instead;
  }

  #path(name: string): string {
    return [this.place.field, name].filter((part) => part !== '').join('.');
  }
}
