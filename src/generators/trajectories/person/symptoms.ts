interface Source {
  value: number;
  resolved: boolean;
}

/** Severities of symptoms, 0 to 100, each by the module that causes it; the last one written counts. */
export class Symptoms {
  readonly #sources = new Map<number, Map<number, Source>>();
  /** Grows with each change: who has seen this number has seen everything. */
  changes = 0;

  /** Writes what a module (`Names.modules`) makes of a symptom (`Names.symptoms`). */
  set(symptom: number, module: number, value: number): void {
    this.changes += 1;
    const sources = this.#sources.get(symptom) ?? new Map<number, Source>();
    this.#sources.set(symptom, sources);
    sources.set(module, { value, resolved: false });
  }

  /** The greatest severity that is not resolved; 0 for none. */
  value(symptom: number): number {
    let greatest = 0;
    for (const { value, resolved } of this.#sources.get(symptom)?.values() ?? [])
      if (!resolved && value > greatest) greatest = value;
    return greatest;
  }

  /** The sum over symptoms of their greatest severities that are not resolved. */
  total(): number {
    let total = 0;
    for (const symptom of this.#sources.keys()) total += this.value(symptom);
    return total;
  }

  /** Marks the source of the greatest severity of all as resolved: what a visit to a doctor does. */
  resolveLargest(): void {
    let largest: Source | undefined;
    for (const sources of this.#sources.values())
      for (const source of sources.values())
        if (!source.resolved && source.value > (largest?.value ?? 0)) largest = source;
    if (largest !== undefined) largest.resolved = true;
    this.changes += 1;
  }
}
