import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, Jobs, type Refusal, refusal, Transactions } from '../platform/index.js';
import { Freeze } from './freeze.entity.js';
import { refuseFreeze, refuseThaw } from './freeze.rules.js';
import { lockForFreezing } from './frozen.js';

const notFrozen = refusal('WRONG_STATE', 'Nothing is frozen.');

/** The one switch that stops everything, and its two-person way back. */
@Injectable()
export class FreezeService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The one in force; null when there is none. */
  current(manager: EntityManager = this.transactions.reader): Promise<Freeze | null> {
    return manager.findOneBy(Freeze, { thawedAt: IsNull() });
  }

  /** Once it is committed, what had been let through before is the last; what is being generated is cancelled. */
  async freeze(actor: Actor, reason: string): Promise<Freeze | Refusal> {
    const answer = await this.transactions.run(async (manager) => {
      await lockForFreezing(manager);
      const refused =
        actor.refuse('freeze', new Freeze()) ?? refuseFreeze(await this.current(manager), reason);
      const freeze = refused
        ? null
        : await manager.save(
            manager.create(Freeze, {
              ...{ reason: reason.trim(), frozenById: actor.id, frozenAt: this.clock.now() },
            }),
          );
      await this.record(manager, actor, { action: 'freeze-all', freeze, refused, reason });
      return refused ?? freeze ?? notFrozen;
    });
    // Afterwards, and of no weight: whatever is not cancelled is refused at its end.
    if (answer instanceof Freeze) await this.transactions.run((manager) => this.cancelGenerations(manager));
    return answer;
  }

  /** The second of two people, neither of whom froze it, ends it. */
  thaw(actor: Actor, reason: string): Promise<Freeze | Refusal> {
    return this.transactions.run(async (manager) => {
      await lockForFreezing(manager);
      const freeze = await this.current(manager);
      const refused = actor.refuse('thaw', freeze ?? new Freeze()) ?? refuseThaw(freeze, actor.id, reason);
      const isAsking = freeze?.thawAskedById === null;
      if (freeze && !refused) await this.proceed(manager, actor, freeze);
      const action = isAsking ? 'ask-for-thaw' : 'thaw-all';
      await this.record(manager, actor, { action, freeze, refused, reason });
      return refused ?? freeze ?? notFrozen;
    });
  }

  private async proceed(manager: EntityManager, { id }: Actor, freeze: Freeze): Promise<void> {
    const now = this.clock.now();
    if (freeze.thawAskedById === null) Object.assign(freeze, { thawAskedById: id, thawAskedAt: now });
    else Object.assign(freeze, { thawedById: id, thawedAt: now });
    await manager.save(freeze);
  }

  private async cancelGenerations(manager: EntityManager): Promise<void> {
    const begun = await manager.query<{ id: string }[]>(
      `SELECT id FROM request WHERE state = 'GENERATING' ORDER BY id`,
    );
    for (const { id } of begun) await this.jobs.requestCancel(manager, id);
  }

  private record(
    manager: EntityManager,
    actor: Actor,
    what: { action: string; freeze: Freeze | null; refused: Refusal | null; reason: string },
  ): Promise<void> {
    const { action, freeze, refused, reason } = what;
    return this.audit.record(manager, {
      ...{ actor, action, subjectType: 'Freeze', subjectId: freeze?.id ?? null },
      refusal: refused,
      details: refused ? {} : { reason: reason.trim() },
    });
  }
}
