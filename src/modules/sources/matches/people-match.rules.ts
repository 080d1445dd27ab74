import { type Refusal, refusal } from '../../platform/refusal/refusal.js';
import { refuseWords } from '../../platform/refusal/refuse-words.js';

/** Fewer in common may be by chance of the sample, or a few typing mistakes. */
const sharedMin = 3;

export interface FoundOverlap {
  readonly shared: number;
  readonly share: number;
}

/** Is that enough in common to be about the same people? `shareMin` is the policy's. */
export const isMatch = ({ shared, share }: FoundOverlap, shareMin: number): boolean =>
  shared >= sharedMin && share >= shareMin;

export function refuseReason(reason: string): Refusal | null {
  return refuseWords(reason, (bounds) => `Say why in ${bounds}.`, 'reason');
}

/** Sources as far as their separation asks for; ids are of persons. */
export interface Separation {
  readonly state: 'MATCHED' | 'SEPARATION_PROPOSED' | 'SEPARATED';
  readonly proposedById: string | null;
  /** Who registered the two sources. */
  readonly registeredByIds: readonly string[];
  /** Who declared a conflict of interest in either. */
  readonly recusedIds: readonly string[];
}

export function refuseProposal({ state }: Pick<Separation, 'state'>): Refusal | null {
  if (state === 'MATCHED') return null;
  return refusal('WRONG_STATE', `The match is ${state}; only a MATCHED one can be proposed for separation.`);
}

/** The second person has no part in either source: with a separation the budget of these people doubles. */
export function refuseConfirmation(personId: string, separation: Separation): Refusal | null {
  const { state, proposedById, registeredByIds, recusedIds } = separation;
  if (state !== 'SEPARATION_PROPOSED')
    return refusal('WRONG_STATE', `The match is ${state}; nobody proposed to separate the sources.`);
  if (proposedById === personId)
    return refusal('OWN_REQUEST', 'You proposed this separation; somebody else has to confirm it.');
  if (registeredByIds.includes(personId))
    return refusal('OWN_REQUEST', 'You registered one of the sources; somebody else has to confirm it.');
  if (recusedIds.includes(personId))
    return refusal('CONFLICT_OF_INTEREST', 'You declared a conflict of interest in one of the sources.');
  return null;
}
