/** How many groups some rows are of, and how many rows the largest of them has there. */
export interface GroupShare {
  readonly groups: number;
  readonly largest: number;
}

/** Counts the groups behind stretches of rows, such as the subjects behind a leaf. */
export class GroupCounter {
  readonly #groups: Int32Array;
  readonly #stamp: Int32Array;
  readonly #rows: Int32Array;
  #run = 0;

  /** @param groups the group of each row, whole numbers from 0 */
  constructor(groups: Int32Array) {
    this.#groups = groups;
    const size = groups.reduce((most, group) => Math.max(most, group + 1), 0);
    this.#stamp = new Int32Array(size);
    this.#rows = new Int32Array(size);
  }

  /** Of `rows[start]` to `rows[end - 1]`. */
  count(rows: Int32Array, start: number, end: number): GroupShare {
    this.#run += 1;
    let groups = 0;
    let largest = 0;
    for (let at = start; at < end; at += 1) {
      const group = this.#groups[rows[at] ?? 0] ?? 0;
      if (this.#stamp[group] !== this.#run) {
        this.#stamp[group] = this.#run;
        this.#rows[group] = 0;
        groups += 1;
      }
      const found = (this.#rows[group] ?? 0) + 1;
      this.#rows[group] = found;
      if (found > largest) largest = found;
    }
    return { groups, largest };
  }
}
