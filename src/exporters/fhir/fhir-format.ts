import type { ClinicalWriter, ReleaseFacts } from '../clinical-writer.js';
import { fhirDefaults } from './fhir-options.js';
import { FhirWriter } from './fhir-writer.js';

/** Opens FHIR R4 as files of one type each, and as transactions where they are asked for; with UK Core for Great Britain. */
export function openFhirFormat({
  folder,
  facts,
  withAddition,
}: {
  readonly folder: string;
  readonly facts: ReleaseFacts;
  readonly withAddition: boolean;
}): Promise<ClinicalWriter> {
  const profiles = facts.country === 'GB' ? 'uk-core' : 'base';
  const shapes = withAddition ? (['ndjson', 'bundles'] as const) : fhirDefaults.shapes;
  return Promise.resolve(new FhirWriter(folder, facts, { ...fhirDefaults, profiles, shapes }));
}
