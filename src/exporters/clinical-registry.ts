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
  /** Whether the addition of the format is written too. */
  readonly withAddition: boolean;
}

/** A format that patient records can be written in. */
export interface ClinicalFormat {
  readonly name: 'fhir' | 'omop';
  /** The same once more in another shape: transactions to post, or the tables as Parquet. */
  readonly addition: 'fhir-bundles' | 'omop-parquet';
  /** The writer holds what it needs until it is finished or aborted. */
  open(options: ClinicalFormatOptions): Promise<ClinicalWriter>;
}

/** Every clinical format there is. */
export const clinicalFormats: readonly ClinicalFormat[] = [
  { name: 'fhir', addition: 'fhir-bundles', open: openFhirFormat },
  { name: 'omop', addition: 'omop-parquet', open: openOmopFormat },
];

/** A format as it was asked for. */
export interface AskedFormat {
  readonly format: ClinicalFormat;
  readonly withAddition: boolean;
}

/** Every word by which a clinical format, or one with its addition, is asked for. */
export const clinicalFormatNames: readonly string[] = clinicalFormats.flatMap(({ name, addition }) => [
  name,
  addition,
]);

/** The formats among the words; an addition has its format with it. */
export function askedFormats(words: readonly string[]): readonly AskedFormat[] {
  return clinicalFormats
    .filter(({ name, addition }) => words.includes(name) || words.includes(addition))
    .map((format) => ({ format, withAddition: words.includes(format.addition) }));
}
