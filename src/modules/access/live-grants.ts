import { type EntityManager, type FindOptionsWhere, In } from 'typeorm';
import { AccessGrant } from './grant.entity.js';
import { openStates } from './grant.state.js';

export const liveStates = [...openStates, 'ACTIVE', 'SUSPENDED'] as const;

/** Applications and grants that have not ended, locked in an order that everybody keeps to. */
export function lockLiveGrants(
  manager: EntityManager,
  whose: Pick<FindOptionsWhere<AccessGrant>, 'releaseId' | 'personId'>,
): Promise<AccessGrant[]> {
  return manager.find(AccessGrant, {
    where: { ...whose, state: In([...liveStates]) },
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });
}
