import type { Tier } from '../../generators/generator.js';
import type { MechanismInput } from '../mechanisms/index.js';
import { type Refusal, refusal } from '../platform/refusal/refusal.js';
import { refuseWords } from '../platform/refusal/refuse-words.js';

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
    readonly inputHash: string;
  };
  /** What the mechanism is given, as it is now. */
  readonly input: Pick<MechanismInput, 'sees' | 'hash' | 'isUsable' | 'columns'> | null;
}

const seedPattern = /^[A-Za-z0-9-]{1,64}$/;

/** Of tier HIGH nobody chooses the seed: whoever could would choose a candidate that passes. `seed` null: drawn. */
export function refuseSeed(seed: string | null, tier: Tier): Refusal | null {
  if (seed === null) return null;
  if (tier === 'HIGH') {
    return refusal('BAD_PARAMETERS', 'The seed of tier HIGH is drawn by the program; give none.', 'seed');
  }
  return seedPattern.test(seed)
    ? null
    : refusal('BAD_PARAMETERS', 'A seed is 1 to 64 letters, digits and hyphens.', 'seed');
}

/** By one mechanism and seed the rows of two requests line up: put side by side they tell more than either. */
export function refuseReusedSeed(requestId: string, usedForId: string | null): Refusal | null {
  return usedForId === null || usedForId === requestId
    ? null
    : refusal('SEED_USED', 'This mechanism has been given this seed for another request.', 'seed');
}

/** `attempt`: how often a generation was started before. */
export function refuseUnexplained(attempt: number, reason: string | null): Refusal | null {
  if (attempt === 0) return null;
  return refuseWords(
    reason ?? '',
    (bounds) => `Say why another candidate is needed, in ${bounds}.`,
    'reason',
  );
}

/** Does the mechanism fit what was asked for? */
export function refuseGeneration({ request, mechanism, input }: GenerationFacts): Refusal | null {
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
  return refuseInput({ request, mechanism, input });
}

function refuseInput({ request, mechanism, input }: GenerationFacts): Refusal | null {
  const isPinned = input?.isUsable === true && input.hash === mechanism.inputHash;
  if (!isPinned) {
    return input?.sees === 'profile'
      ? refusal(
          'PROFILE_NOT_SIGNED',
          'The profile of this mechanism is not signed (any longer).',
          'mechanismId',
        )
      : refusal('MODEL_NOT_READY', 'The mechanism is given something else than was pinned.', 'mechanismId');
  }
  const silent = request.columns.find((name) => !input.columns.includes(name));
  if (silent === undefined) return null;
  return refusal('PROFILE_MISMATCH', `The mechanism knows nothing of the column "${silent}".`, silent);
}
