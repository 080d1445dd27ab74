import { ModelFormatError } from './model-format-error.js';

/** Reads a model's parts as what they must be. @throws {ModelFormatError} that names the place */
export class ModelReader {
  readonly #value: unknown;
  readonly #place: string;

  constructor(value: unknown, place = '') {
    this.#value = value;
    this.#place = place;
  }

  fail(problem: string): never {
    throw new ModelFormatError(this.#place, problem);
  }

  /** What a parser of ours refuses is refused here, with the place. */
  attempt<T>(parse: () => T): T {
    try {
      return parse();
    } catch (error) {
      return this.fail(error instanceof Error ? error.message : String(error));
    }
  }

  at(name: string): ModelReader {
    const members = this.record();
    const place = this.#place === '' ? name : `${this.#place}.${name}`;
    if (!Object.hasOwn(members, name)) throw new ModelFormatError(place, 'it is not there');
    return new ModelReader(members[name], place);
  }

  record(): Readonly<Record<string, unknown>> {
    const value = this.#value;
    if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value))
      return this.fail('it is not an object');
    return value as Readonly<Record<string, unknown>>;
  }

  list<T>(read: (member: ModelReader, index: number) => T): T[] {
    if (!Array.isArray(this.#value)) return this.fail('it is not a list');
    return this.#value.map((member, index) =>
      read(new ModelReader(member, `${this.#place}[${index}]`), index),
    );
  }

  text(): string {
    return typeof this.#value === 'string' ? this.#value : this.fail('it is not a text');
  }

  isNull(): boolean {
    return this.#value === null;
  }

  textOrNull(): string | null {
    return this.#value === null ? null : this.text();
  }

  oneOf<const T extends string>(choices: readonly T[]): T {
    const found = choices.find((choice) => choice === this.#value);
    return found ?? this.fail(`it is not ${choices.map((choice) => `"${choice}"`).join(' or ')}`);
  }

  number(minimum = -Infinity, maximum = Infinity): number {
    const value = this.#value;
    if (typeof value !== 'number' || !(value >= minimum && value <= maximum))
      return this.fail(`it is not a number from ${minimum} to ${maximum}`);
    return value;
  }

  integer(minimum: number, maximum = Number.MAX_SAFE_INTEGER): number {
    const value = this.number(minimum, maximum);
    return Number.isSafeInteger(value) ? value : this.fail('it is not a whole number');
  }

  boolean(): boolean {
    return typeof this.#value === 'boolean' ? this.#value : this.fail('it is neither true nor false');
  }

  floats(): Float64Array {
    return this.#value instanceof Float64Array ? this.#value : this.fail('it is not an array of numbers');
  }

  singles(): Float32Array {
    return this.#value instanceof Float32Array
      ? this.#value
      : this.fail('it is not an array of single-precision numbers');
  }

  integers(): Int32Array {
    return this.#value instanceof Int32Array ? this.#value : this.fail('it is not an array of whole numbers');
  }

  bytes(): Uint8Array {
    return this.#value instanceof Uint8Array ? this.#value : this.fail('it is not an array of bytes');
  }
}
