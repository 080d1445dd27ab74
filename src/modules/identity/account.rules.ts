import { type Refusal, refusal } from '../platform/refusal/refusal.js';

export interface Account {
  readonly id: string;
  readonly disabledAt: Date | null;
  readonly disabledById: string | null;
}

export function refuseDisabling(account: Account | null, actorId: string): Refusal | null {
  if (!account) return refusal('NOT_FOUND', 'There is no such person.', 'id');
  // So that the last administrator cannot lock everybody out by mistake.
  if (account.id === actorId) return refusal('NOT_PERMITTED', 'Nobody disables their own account.', 'id');
  return account.disabledAt ? refusal('WRONG_STATE', 'The account is disabled already.', 'id') : null;
}

/** Only an account with a password is there to be moved to the identity provider. */
export function refuseMove(
  account: (Account & { readonly passwordHash: string | null }) | null,
): Refusal | null {
  if (!account) return refusal('NOT_FOUND', 'There is no such person.', 'id');
  if (account.disabledAt) return refusal('WRONG_STATE', 'The account is disabled.', 'id');
  if (account.passwordHash !== null) return null;
  return refusal('WRONG_STATE', 'The person signs in at the identity provider already.', 'id');
}

/** Letting somebody in again is the riskier of the two: by policy it takes a second person. */
export function refuseEnabling(account: Account | null, actorId: string, byAnother: boolean): Refusal | null {
  if (!account) return refusal('NOT_FOUND', 'There is no such person.', 'id');
  if (!account.disabledAt) return refusal('WRONG_STATE', 'The account is not disabled.', 'id');
  if (!byAnother || account.disabledById !== actorId) return null;
  return refusal('ALREADY_DECIDED', 'You disabled this account; another administrator enables it.', 'id');
}
