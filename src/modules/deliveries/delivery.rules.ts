import type { Tier } from '../../generators/generator.js';
import { type Refusal, refusal } from '../platform/refusal/refusal.js';

/** What is asked about a release that is to go to a FHIR server. */
export interface DeliveryFacts {
  readonly release: {
    readonly tier: Tier;
    /** Of the request behind it. */
    readonly requestState: string;
    /** How many of its files are FHIR. */
    readonly fhirFiles: number;
  };
  /** What the policy says of the tier. */
  readonly isAllowed: boolean;
  /** The tiers that the server takes; null when there is no such server. */
  readonly serverTiers: readonly Tier[] | null;
}

/** Null when it may go there. Asked when a delivery is asked for, and again before each bundle. */
export function refuseDelivery({ release, isAllowed, serverTiers }: DeliveryFacts): Refusal | null {
  const { tier, requestState, fhirFiles } = release;
  if (requestState !== 'PUBLISHED')
    return refusal('NOT_PERMITTED', 'This release is not published (any longer).');
  if (!isAllowed)
    return refusal('NOT_PERMITTED', `The policy lets no release of tier ${tier} be delivered to a server.`);
  if (serverTiers === null)
    return refusal('NOT_FOUND', 'No FHIR server of this name is in the settings.', 'server');
  if (!serverTiers.includes(tier))
    return refusal('NOT_PERMITTED', `This server takes no releases of tier ${tier}.`, 'server');
  return fhirFiles > 0 ? null : refusal('NOT_FOUND', 'Nothing of this release is FHIR.');
}
