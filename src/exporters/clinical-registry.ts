import type { ClinicalWriter, ReleaseFacts } from './clinical-writer.js';

/** A way to write patient records. */
export interface ClinicalFormat {
  /** What requests and commands call it. */
  readonly name: string;
  /** Part of a file name. */
  readonly fileName: string;
  open(folder: string, facts: ReleaseFacts): Promise<ClinicalWriter>;
}

const registered: readonly ClinicalFormat[] = [];

/** The names that a request for simulated lives may ask for; the records themselves come with all. */
export const clinicalFormats: readonly string[] = ['records', ...registered.map(({ name }) => name)];

export function findClinicalFormat(name: string): ClinicalFormat | undefined {
  return registered.find((format) => format.name === name);
}
