import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import { CLOCK, Jobs } from '../platform/index.js';
import {
  beginRound,
  ReleaseRequest,
  RequestCommands,
  suspensionBySystem,
  turnedBack,
} from '../requests/index.js';
import type { Mechanism } from './mechanism.entity.js';

/**
 * A mechanism that is suspended or retired takes with it what was made by it: releases are suspended, approvals fall,
 * and what is being generated is cancelled. Whatever else is open ends at the next step, which asks `refuseStopped`.
 * The caller holds the mechanism locked.
 */
@Injectable()
export class MechanismStops {
  constructor(
    private readonly requests: RequestCommands,
    private readonly jobs: Jobs,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** `reason`: what happened to the mechanism, a sentence. */
  async reach(manager: EntityManager, { id }: Mechanism, reason: string): Promise<void> {
    const suspension = suspensionBySystem(reason, this.clock.now());
    for (const released of await made(manager, id, 'PUBLISHED', ''))
      await this.requests.carryOutAsSystem(manager, released, suspension);
    for (const approved of await made(manager, id, 'APPROVED'))
      await this.requests.carryOutAsSystem(manager, approved, turnedBack({ reason }));
    for (const asked of await made(manager, id, 'IG_REVIEW')) await this.voidRound(manager, asked, reason);
    for (const begun of await made(manager, id, 'GENERATING', ''))
      await this.jobs.requestCancel(manager, begun);
  }

  private async voidRound(manager: EntityManager, id: string, reason: string): Promise<void> {
    const request = await manager.findOneByOrFail(ReleaseRequest, { id });
    if (request.approverIds.length === 0) return;
    beginRound(request);
    request.changedAt = this.clock.now();
    await manager.save(request);
    await this.audit.record(manager, {
      actor: 'system',
      action: 'void-approvals',
      subjectType: 'Request',
      subjectId: id,
      details: { reason },
    });
  }
}

/**
 * A request that somebody else holds is left out: its next step waits for the mechanism and is refused. To wait for
 * it here would be to wait for each other.
 */
const leavingOutHeld = 'FOR UPDATE SKIP LOCKED';

async function made(
  manager: EntityManager,
  mechanismId: string,
  state: ReleaseRequest['state'],
  locking = leavingOutHeld,
): Promise<string[]> {
  const found = await manager.query<{ id: string }[]>(
    `SELECT id FROM request WHERE mechanism_id = $1 AND state = $2 ORDER BY id ${locking}`,
    [mechanismId, state],
  );
  return found.map(({ id }) => id);
}
