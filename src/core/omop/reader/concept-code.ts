import { uriOfVocabulary } from '../../events/code-systems.js';
import type { Coded } from '../../events/coded.js';

/** What the source's vocabulary does not have is named by its concept's number. */
export const conceptUrn = 'urn:omop:concept';

/** What the vocabulary says of a concept; null where it has none. */
export interface ConceptCells {
  readonly id: string | null;
  readonly vocabulary: string | null;
  readonly code: string | null;
  readonly name: string | null;
}

/** The inverse of mapping a code to a concept; undefined for no concept, and for concept 0, which says nothing. */
export function codeOfConcept({ id, vocabulary, code, name }: ConceptCells): Coded | undefined {
  if (id === null || id === '0') return undefined;
  if (vocabulary === null || code === null) return { system: conceptUrn, code: id };
  return { system: uriOfVocabulary(vocabulary), code, ...(name === null ? {} : { display: name }) };
}

/** The unit in UCUM where the vocabulary says so; else as the source wrote it. */
export function unitOf(
  concept: ConceptCells,
  sourceValue: string | null,
): { readonly unit?: string; readonly isUcum: boolean } {
  if (concept.vocabulary === 'UCUM' && concept.code !== null) return { unit: concept.code, isUcum: true };
  return sourceValue === null ? { isUcum: false } : { unit: sourceValue, isUcum: false };
}
