import type { ClinicalWriter, ReleaseFacts } from '../clinical-writer.js';
import { fhirDefaults } from './fhir-options.js';
import { FhirWriter } from './fhir-writer.js';

/** Opens FHIR R4 as files of one type each; with UK Core for Great Britain. */
export function openFhirFormat({
  folder,
  facts,
}: {
  readonly folder: string;
  readonly facts: ReleaseFacts;
}): Promise<ClinicalWriter> {
  const profiles = facts.country === 'GB' ? 'uk-core' : 'base';
  return Promise.resolve(new FhirWriter(folder, facts, { ...fhirDefaults, profiles }));
}
