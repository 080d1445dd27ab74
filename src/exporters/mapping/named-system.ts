import { codeSystemNamed } from '../../core/events/code-systems.js';

/** The URI of a code system that a mapping calls by a name of ours or by a URI; null for anything else. */
export function codeSystemUri(name: string): string | null {
  return codeSystemNamed(name)?.uri ?? (/^(https?:\/\/|urn:)\S+$/.test(name) ? name : null);
}
