import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, Jobs, type Refusal, refusal, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { AccessGrant } from './grant.entity.js';
import { refuseRefereeMail } from './referee.rules.js';

/** The letters to a referee: asked for here, written by the worker. */
@Injectable()
export class RefereeLetters {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  writeAgain(actor: Actor, id: string): Promise<AccessGrant | Refusal> {
    return this.transactions.run(async (manager) => {
      const grant = await manager.findOne(AccessGrant, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!grant) return refusal('NOT_FOUND', 'There is no such access grant.', id);
      const now = this.clock.now();
      const last = await this.jobs.latestFor(manager, id);
      const refused =
        actor.refuse('withdraw', grant) ??
        refuseRefereeMail(grant, { isUnderWay: last?.finishedAt === null, now, ...this.policy.access });
      if (!refused) {
        grant.refereeMails += 1;
        grant.refereeMailedAt = now;
        await manager.save(grant);
        await this.jobs.enqueue(manager, 'refer', id, 'system');
      }
      await this.record(manager, { actor, action: 'write-to-referee-again', grant, refused });
      return refused ?? grant;
    });
  }

  async recordRefusedAnswer(manager: EntityManager, grant: AccessGrant, refused: Refusal): Promise<Refusal> {
    await this.record(manager, { actor: 'anonymous', action: 'answer-as-referee', grant, refused });
    return refused;
  }

  private record(manager: EntityManager, { actor, action, grant, refused }: Recorded): Promise<void> {
    return this.audit.record(manager, {
      actor,
      action,
      subjectType: 'AccessGrant',
      subjectId: grant.id,
      refusal: refused,
    });
  }
}

interface Recorded {
  readonly actor: Actor | 'anonymous';
  readonly action: string;
  readonly grant: AccessGrant;
  readonly refused: Refusal | null;
}
