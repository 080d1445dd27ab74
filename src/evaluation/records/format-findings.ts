/** What was found in the records as one format has them. */
export interface FormatFindings {
  readonly persons: number;
  /** Resources, or checks that were made. */
  readonly checked: number;
  /** What must not be. */
  readonly failures: number;
  /** What people should look at. */
  readonly doubts: number;
  /** Sentences about the first ones; none quotes a value. */
  readonly examples: readonly string[];
}

/** By format; one that is not in the package has none. */
export type FormatReaders = Readonly<Partial<Record<'fhir' | 'omop', () => Promise<FormatFindings>>>>;
