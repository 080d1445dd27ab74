/** Numbers for names: the first name asked for is 0, the next 1, and so on. */
export class Interner {
  readonly #ids = new Map<string, number>();
  readonly #names: string[] = [];

  get size(): number {
    return this.#names.length;
  }

  /** The number of a name, given out now if it is new. */
  id(name: string): number {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    this.#ids.set(name, this.#names.length);
    return this.#names.push(name) - 1;
  }

  /** The number of a name that was asked for before; -1 for another. */
  find(name: string): number {
    return this.#ids.get(name) ?? -1;
  }

  /** @throws {RangeError} for a number that was never given out */
  name(id: number): string {
    const name = this.#names[id];
    if (name === undefined) throw new RangeError(`There is no name with the number ${id}.`);
    return name;
  }
}
