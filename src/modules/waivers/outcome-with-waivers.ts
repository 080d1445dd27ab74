import type { EntityManager } from 'typeorm';
import type { Check, CheckStatus } from '../../evaluation/check.js';
import { Waiver } from './waiver.entity.js';
import { isWaived, withoutRecused } from './waiver.rules.js';

/** Of these checks; a fail that enough people waived counts as a review while it lasts. */
export async function outcomeWithWaivers(
  manager: EntityManager,
  { id, outcome, checks }: { readonly id: string; readonly outcome: CheckStatus; readonly checks: Check[] },
  request: { readonly recusedIds: readonly string[] },
  now: Date,
): Promise<CheckStatus> {
  if (outcome !== 'fail') return outcome;
  const given = await manager.findBy(Waiver, { evaluationId: id });
  return isWaived(checks, withoutRecused(given, request), now) ? 'review' : 'fail';
}
