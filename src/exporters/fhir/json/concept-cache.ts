import type { Coded } from '../../../core/events/coded.js';
import { toCoding } from './coding.js';
import { toAscii } from './quote.js';

interface Entry {
  readonly system: string;
  readonly display: string | undefined;
  readonly json: string;
}

/** More codes than any vocabulary of a release has; beyond, nothing more is kept. */
const entriesMax = 200_000;

/** The JSON of codings, checked and serialised once: a release has few codes and many events. */
export class ConceptCache {
  readonly #byCode = new Map<string, Entry[]>();
  #size = 0;

  coding(coded: Coded): string {
    const entries = this.#byCode.get(coded.code);
    if (entries !== undefined)
      for (const entry of entries)
        if (entry.system === coded.system && entry.display === coded.display) return entry.json;
    const json = toAscii(JSON.stringify(toCoding(coded)));
    this.#keep(coded, json, entries);
    return json;
  }

  /** `{"coding":[...]}` @throws {Error} without any code */
  concept(codes: readonly Coded[]): string {
    const [first] = codes;
    if (first === undefined) throw new Error('it has no code');
    let list = this.coding(first);
    for (let index = 1; index < codes.length; index += 1) {
      const next = codes[index];
      if (next !== undefined) list += `,${this.coding(next)}`;
    }
    return `{"coding":[${list}]}`;
  }

  #keep(coded: Coded, json: string, entries: Entry[] | undefined): void {
    if (this.#size >= entriesMax) return;
    const entry = { system: coded.system, display: coded.display, json };
    if (entries === undefined) this.#byCode.set(coded.code, [entry]);
    else entries.push(entry);
    this.#size += 1;
  }
}
