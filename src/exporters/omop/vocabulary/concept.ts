import type { Coded } from '../../../core/events/coded.js';

/** A concept of the OMOP vocabularies. */
export interface Concept {
  readonly id: number;
  readonly domain: string;
}

/** What a code of a source is among the concepts, and how often it was asked for. */
export interface Mapping {
  readonly coded: Coded;
  /** `vocabulary_id`; left out where OMOP has none for the system. */
  readonly vocabulary?: string;
  /** The concept of the code itself; null where the vocabulary does not have it. */
  readonly source: number | null;
  /** Valid standard concepts, in the order of their ids; empty: unmapped. Several where one code is several things. */
  readonly targets: readonly Concept[];
  uses: number;
}
