/** A JSON document is not what it should be; `path` says where, for instance `files[1].sha256`. */
export class ManifestError extends Error {
  constructor(
    readonly path: string,
    readonly problem: string,
  ) {
    super(`${path === '' ? 'The manifest' : `"${path}" in the manifest`} ${problem}.`);
    this.name = 'ManifestError';
  }
}

/** One value of a parsed JSON document and where it stands. Every method throws ManifestError when the value is another. */
export class JsonReader {
  constructor(
    readonly value: unknown,
    readonly path = '',
  ) {}

  fail(problem: string): never {
    throw new ManifestError(this.path, problem);
  }

  /** An object with no member but these. */
  object(...known: readonly string[]): this {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value)) {
      this.fail('is not an object');
    }
    const stranger = Object.keys(this.value).find((name) => !known.includes(name));
    if (stranger !== undefined) this.member(stranger).fail('is not a member we know');
    return this;
  }

  member(name: string): JsonReader {
    const holder = this.value as Record<string, unknown>;
    const value = Object.hasOwn(holder, name) ? holder[name] : undefined;
    return new JsonReader(value, this.path === '' ? name : `${this.path}.${name}`);
  }

  list<Item>(read: (item: JsonReader) => Item): Item[] {
    if (!Array.isArray(this.value)) return this.fail('is not a list');
    return this.value.map((item, index) => read(new JsonReader(item, `${this.path}[${index}]`)));
  }

  optional<Value>(read: (present: this) => Value): Value | undefined {
    return this.value === undefined ? undefined : read(this);
  }

  text(): string {
    return typeof this.value === 'string' && this.value !== '' ? this.value : this.fail('is not a text');
  }

  oneOf<Word extends string | boolean>(words: readonly Word[]): Word {
    const word = words.find((known) => known === this.value);
    return word ?? this.fail(`is not ${words.map((known) => JSON.stringify(known)).join(' or ')}`);
  }

  /** A whole number of zero or more. */
  count(): number {
    const { value } = this;
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
      ? value
      : this.fail('is not a whole number of zero or more');
  }

  sha256(): string {
    const { value } = this;
    return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
      ? value
      : this.fail('is not a SHA-256 of 64 lower-case hex digits');
  }
}
