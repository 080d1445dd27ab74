/** Which places of the order may be due in which step, a bit for each: a step looks at those alone. */
export class Schedule {
  readonly #words: number;
  readonly #bits: Int32Array;

  constructor(
    places: number,
    readonly steps: number,
  ) {
    this.#words = Math.ceil(places / 32);
    this.#bits = new Int32Array(this.#words * steps);
  }

  /** Steps that do not come are left out. */
  add(place: number, step: number): void {
    if (!(step < this.steps)) return;
    const word = step * this.#words + (place >> 5);
    this.#bits[word] = (this.#bits[word] ?? 0) | (1 << (place & 31));
  }

  /** The first place of a step from `from` on; -1 for none. */
  next(step: number, from: number): number {
    const words = this.#words;
    const base = step * words;
    let mask = -1 << (from & 31);
    for (let word = from >> 5; word < words; word += 1) {
      const due = (this.#bits[base + word] ?? 0) & mask;
      if (due !== 0) return 32 * word + 31 - Math.clz32(due & -due);
      mask = -1;
    }
    return -1;
  }
}
