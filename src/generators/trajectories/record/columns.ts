const firstCapacity = 64;

/** A column of whole numbers that grows, and is emptied without giving its memory back. */
export class Int32Column {
  #values = new Int32Array(firstCapacity);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const grown = new Int32Array(2 * this.length);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length] = value;
    this.length += 1;
  }

  at(row: number): number {
    return this.#values[row] ?? 0;
  }

  set(row: number, value: number): void {
    this.#values[row] = value;
  }

  /** Moves each row to its new place, which is not behind its old one; -1 takes it out. */
  keep(moved: Int32Array, length: number): void {
    for (let row = 0; row < moved.length; row += 1) {
      const to = moved[row] ?? -1;
      if (to >= 0) this.#values[to] = this.#values[row] ?? 0;
    }
    this.length = length;
  }

  clear(): void {
    this.length = 0;
  }
}

/** The same for numbers; times are milliseconds since 1970 in UTC, NaN where there is none. */
export class Float64Column {
  #values = new Float64Array(firstCapacity);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const grown = new Float64Array(2 * this.length);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length] = value;
    this.length += 1;
  }

  at(row: number): number {
    return this.#values[row] ?? NaN;
  }

  set(row: number, value: number): void {
    this.#values[row] = value;
  }

  /** Moves each row to its new place, which is not behind its old one; -1 takes it out. */
  keep(moved: Int32Array, length: number): void {
    for (let row = 0; row < moved.length; row += 1) {
      const to = moved[row] ?? -1;
      if (to >= 0) this.#values[to] = this.#values[row] ?? NaN;
    }
    this.length = length;
  }

  clear(): void {
    this.length = 0;
  }
}

/** The same for text that only a simulated life knows; fixed words are numbers (`Names.words`). */
export class TextColumn {
  readonly #values: (string | null)[] = [];

  get length(): number {
    return this.#values.length;
  }

  push(value: string | null): void {
    this.#values.push(value);
  }

  at(row: number): string | null {
    return this.#values[row] ?? null;
  }

  /** Moves each row to its new place, which is not behind its old one; -1 takes it out. */
  keep(moved: Int32Array, length: number): void {
    for (let row = 0; row < moved.length; row += 1) {
      const to = moved[row] ?? -1;
      if (to >= 0) this.#values[to] = this.#values[row] ?? null;
    }
    this.#values.length = length;
  }

  clear(): void {
    this.#values.length = 0;
  }
}
