import { Interner } from './interner.js';

/** One concept of a code system, as modules write it. */
export interface Code {
  /** `SNOMED-CT`, `LOINC`, `RxNorm`, `CVX`, `NUBC`, `DICOM-DCM`, ... */
  readonly system: string;
  readonly code: string;
  readonly display: string;
}

/** The id of an empty list of codes: no code, no reason. */
export const noCodes = -1;

/**
 * Codes and lists of codes by number. A record row holds the number of its list; the first code of a list is the one
 * that names the entry. `keys` numbers the code strings alone, because `present` does not look at the system.
 */
export class CodeBook {
  readonly keys = new Interner();
  readonly #codes = new Interner();
  readonly #lists = new Interner();
  readonly #codeOf: Code[] = [];
  readonly #listOf: (readonly number[])[] = [];
  readonly #firstKeys: number[] = [];

  /** The number of a code; two codes are one when system, code and display agree. */
  code(code: Code): number {
    const id = this.#codes.id(JSON.stringify([code.system, code.code, code.display]));
    if (id === this.#codeOf.length) this.#codeOf.push(code);
    return id;
  }

  codeAt(id: number): Code {
    const code = this.#codeOf[id];
    if (code === undefined) throw new RangeError(`There is no code with the number ${id}.`);
    return code;
  }

  /** The number of a list of codes; {@link noCodes} for none. */
  list(codes: readonly Code[]): number {
    const [first] = codes;
    if (first === undefined) return noCodes;
    const members = codes.map((code) => this.code(code));
    const id = this.#lists.id(members.join());
    if (id === this.#listOf.length) {
      this.#listOf.push(members);
      this.#firstKeys.push(this.keys.id(first.code));
    }
    return id;
  }

  /** The codes of a list; none for {@link noCodes}. */
  listAt(id: number): readonly Code[] {
    return (this.#listOf[id] ?? []).map((code) => this.codeAt(code));
  }

  /** The key in `present` of what has this list of codes; -1 for {@link noCodes}. */
  keyOfList(id: number): number {
    return this.#firstKeys[id] ?? -1;
  }
}
