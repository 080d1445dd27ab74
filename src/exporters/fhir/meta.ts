import type { Coding, Meta } from 'fhir/r4.js';
import type { ReleaseFacts } from '../clinical-writer.js';
import { fhirCode } from './json/coding.js';
import { systems } from './systems.js';

const testHealthData: Coding = { system: systems.actReason, code: 'HTEST', display: 'test health data' };

/**
 * What every resource says of itself: that it is synthetic, of which tier and release. HTEST stands in both places,
 * because HL7's examples have it among the tags and its meaning is one of the security labels.
 *
 * @param release the URI of the release
 */
export function metaOf(facts: ReleaseFacts, release: string, profile?: string): Meta {
  const meta: Meta = { source: release };
  if (profile !== undefined) meta.profile = [`https://fhir.hl7.org.uk/StructureDefinition/${profile}`];
  meta.security = [testHealthData];
  meta.tag = [
    testHealthData,
    { system: systems.tier, code: facts.tier },
    { system: systems.release, code: fhirCode(facts.releaseId) },
  ];
  return meta;
}
