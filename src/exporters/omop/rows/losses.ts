/** What did not fit, counted: nothing is cut in silence. */
export class Losses {
  readonly #cut = new Map<string, number>();
  readonly #leftOut = new Map<string, number>();

  /** A text was cut to the width of its field. */
  cut(table: string, field: string): void {
    const name = `${table}.${field}`;
    this.#cut.set(name, (this.#cut.get(name) ?? 0) + 1);
  }

  /** Something has no place in the model; `what` says it in words. */
  leaveOut(what: string): void {
    this.#leftOut.set(what, (this.#leftOut.get(what) ?? 0) + 1);
  }

  cutTexts(): Readonly<Record<string, number>> {
    return inOrder(this.#cut);
  }

  leftOut(): Readonly<Record<string, number>> {
    return inOrder(this.#leftOut);
  }
}

function inOrder(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([left], [right]) => (left < right ? -1 : 1)));
}
