import type { Profile } from '../../core/profile/profile.js';
import { type Refusal, refusal } from '../platform/refusal/refusal.js';

export interface GenerationFacts {
  readonly request: {
    readonly sourceId: string;
    readonly tier: string;
    readonly useCase: string;
    readonly columns: readonly string[];
  };
  readonly mechanism: {
    readonly sourceId: string;
    readonly tier: string;
    readonly permittedUses: readonly string[];
    readonly profileHash: string;
  };
  readonly profile: {
    readonly state: string;
    readonly hash: string | null;
    readonly content: Profile | null;
  };
}

const seedPattern = /^[A-Za-z0-9-]{1,64}$/;

export function refuseSeed(seed: string): Refusal | null {
  return seedPattern.test(seed)
    ? null
    : refusal('BAD_PARAMETERS', 'A seed is 1 to 64 letters, digits and hyphens.', 'seed');
}

/** Does the mechanism fit what was asked for? */
export function refuseGeneration({ request, mechanism, profile }: GenerationFacts): Refusal | null {
  if (mechanism.sourceId !== request.sourceId) {
    return refusal('MECHANISM_MISMATCH', 'The mechanism is for another source.', 'mechanismId');
  }
  if (mechanism.tier !== request.tier) {
    const message = `The mechanism makes data of tier ${mechanism.tier}; the request is for ${request.tier}.`;
    return refusal('MECHANISM_MISMATCH', message, 'mechanismId');
  }
  if (!mechanism.permittedUses.includes(request.useCase)) {
    return refusal(
      'MECHANISM_MISMATCH',
      `The mechanism is not permitted for ${request.useCase}.`,
      'mechanismId',
    );
  }
  if (profile.state !== 'SIGNED' || profile.hash !== mechanism.profileHash) {
    return refusal(
      'PROFILE_NOT_SIGNED',
      'The profile of this mechanism is not signed (any longer).',
      'mechanismId',
    );
  }
  const silent = request.columns.find((name) => !hasStatistics(profile.content, name));
  if (silent === undefined) return null;
  return refusal('PROFILE_MISMATCH', `The signed profile says nothing of the column "${silent}".`, silent);
}

function hasStatistics(profile: Profile | null, name: string): boolean {
  const column = profile?.columns.find((one) => one.name === name);
  return column !== undefined && column.kind !== 'withheld';
}
