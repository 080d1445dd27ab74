import type { ClinicalWriter, ReleaseFacts } from './clinical-writer.js';
import { openFhirFormat } from './fhir/fhir-format.js';
import { openOmopFormat } from './omop/omop-format.js';

interface ClinicalFormatOptions {
  /** Is there and is empty. */
  readonly folder: string;
  readonly facts: ReleaseFacts;
  /** The folder `content` of the program. */
  readonly content: string;
  /** A folder with an OMOP vocabulary, of Athena or in Parquet; null: the shipped subset. */
  readonly vocabulary: string | null;
  /** Is there and is empty; for what does not fit in memory. */
  readonly workFolder: string;
}

/** A format that patient records can be written in. */
export interface ClinicalFormat {
  readonly name: 'fhir' | 'omop';
  /** The writer holds what it needs until it is finished or aborted. */
  open(options: ClinicalFormatOptions): Promise<ClinicalWriter>;
}

/** Every clinical format there is. */
export const clinicalFormats: readonly ClinicalFormat[] = [
  { name: 'fhir', open: openFhirFormat },
  { name: 'omop', open: openOmopFormat },
];
