import type { EntityManager } from 'typeorm';
import type { Check, CheckStatus } from '../../evaluation/check.js';
import { checksNeeded, type Policy } from '../policy/index.js';
import type { ReleaseRequest } from '../requests/index.js';
import { Source } from '../sources/index.js';
import { outcomeOf, withMissing } from './outcome.rules.js';

/** These checks, and a failed one for each that the policy wants of this request and that is not among them. */
export async function completeChecks(
  manager: EntityManager,
  policy: Policy,
  { tier, sourceId }: Pick<ReleaseRequest, 'tier' | 'sourceId'>,
  checks: readonly Check[],
): Promise<Check[]> {
  const { kind } = await manager.findOneByOrFail(Source, { id: sourceId });
  return withMissing(checks, checksNeeded(policy, tier, kind === 'RULES'));
}

interface StoredChecks {
  readonly id: string;
  readonly outcome: CheckStatus;
  readonly checks: Check[];
}

/** What is on record, read anew by the policy in force: no outcome is better than its checks, or than those that are missing. */
export async function storedChecks(
  manager: EntityManager,
  policy: Policy,
  request: Pick<ReleaseRequest, 'tier' | 'sourceId'>,
  { id, outcome, checks }: StoredChecks,
): Promise<StoredChecks> {
  const complete = await completeChecks(manager, policy, request, checks);
  return { id, checks: complete, outcome: outcome === 'fail' ? outcome : outcomeOf(complete) };
}
