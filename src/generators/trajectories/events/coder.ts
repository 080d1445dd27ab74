import { codeSystemNamed } from '../../../core/events/code-systems.js';
import type { Coded } from '../../../core/events/coded.js';
import type { Code } from '../codes.js';
import type { Names } from '../names.js';

/** Codes of modules as events name them; each list is made once and shared by the events that have it. */
export class Coder {
  readonly #lists = new Map<number, readonly Coded[]>();

  constructor(readonly names: Names) {}

  /** The codes of a list; none for -1. */
  list(list: number): readonly Coded[] {
    const known = this.#lists.get(list);
    if (known !== undefined) return known;
    const made = this.names.codes.listAt(list).map(codedOf);
    this.#lists.set(list, made);
    return made;
  }

  /** `{ reason }` of the first code of a list; nothing for none. */
  reason(list: number): { readonly reason?: Coded } {
    const [first] = this.list(list);
    return first === undefined ? {} : { reason: first };
  }

  code(code: number): Coded {
    return codedOf(this.names.codes.codeAt(code));
  }

  /** A word of a record; undefined for -1. */
  word(word: number): string | undefined {
    return word < 0 ? undefined : this.names.words.name(word);
  }
}

/** What modules call a system has a URI; a system that only one module knows gets one of ours. */
function codedOf({ system, code, display }: Code): Coded {
  const uri = codeSystemNamed(system)?.uri ?? (system.includes(':') ? system : localSystem(system));
  return display === '' ? { system: uri, code } : { system: uri, code, display };
}

function localSystem(name: string): string {
  return `urn:picketfence:code-system:${encodeURIComponent(name)}`;
}
