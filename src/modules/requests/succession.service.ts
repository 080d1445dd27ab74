import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { newRequest, saveNew } from './new-request.js';
import { type LinkKind, ReleaseRequest } from './request.entity.js';
import type { RequestState } from './request.state.js';

/** From which state of the parent which kind of successor starts. */
const startsFrom: Readonly<Record<LinkKind, RequestState>> = { amendment: 'PUBLISHED', appeal: 'REJECTED' };

/** New requests that follow from old ones. The old one stays what it is until the new one is published. */
@Injectable()
export class SuccessionService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A draft with the parent's form, for its requester to change and submit. */
  start(actor: Actor, parentId: string, linkKind: LinkKind): Promise<ReleaseRequest | Refusal> {
    return this.transactions.run(async (manager) => {
      const parent = await manager.findOne(ReleaseRequest, {
        where: { id: parentId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!parent) return refusal('NOT_FOUND', 'There is no such request.', parentId);
      const refused = actor.refuse('succeed', parent) ?? (await this.refuse(manager, parent, linkKind));
      const { recusedIds, confirmedMemberIds, declinedMemberIds } = parent;
      const people = { recusedIds, confirmedMemberIds, declinedMemberIds };
      const draft = refused
        ? null
        : newRequest(parent.requesterId, parent, { parentId, linkKind, ...people });
      const saved = draft ? await saveNew(manager, draft, this.clock.now()) : null;
      await this.audit.record(manager, {
        actor,
        action: linkKind === 'amendment' ? 'amend-request' : 'appeal-request',
        subjectType: 'Request',
        subjectId: parentId,
        refusal: refused,
        details: { successor: saved?.id ?? null },
      });
      return refused ?? saved ?? refusal('NOT_FOUND', 'There is no such request.');
    });
  }

  private async refuse(
    manager: EntityManager,
    parent: ReleaseRequest,
    linkKind: LinkKind,
  ): Promise<Refusal | null> {
    if (parent.state !== startsFrom[linkKind]) {
      return refusal('WRONG_STATE', `A request that is ${parent.state} has no ${linkKind}.`);
    }
    const siblings = await manager.findBy(ReleaseRequest, { parentId: parent.id, linkKind });
    const open = siblings.find(({ state }) => state !== 'REJECTED' && state !== 'WITHDRAWN');
    return open ? refusal('ALREADY_REGISTERED', `There is one already: ${open.reference}.`) : null;
  }
}
