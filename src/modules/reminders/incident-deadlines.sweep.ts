import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/index.js';
import { type Sweep, sweepBatch } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';

const msPerHour = 3_600_000;

/** UK GDPR article 33(1): whether the regulator has to be told is decided within 72 hours, weekends included. */
@Injectable()
export class RemindOfIncidents implements Sweep {
  readonly name = 'remind-of-incidents';

  constructor(
    private readonly audit: AuditService,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  async run(manager: EntityManager, now: Date): Promise<number> {
    const noticeMs = this.policy.notifications.regulatorNoticeHours * msPerHour;
    const soon = new Date(now.getTime() + noticeMs);
    const reminded = await this.remind(manager, now, {
      ...{ threshold: 'reminder', until: soon, done: 'reminded_at' },
    });
    const overdue = await this.remind(manager, now, {
      ...{ threshold: 'overdue', until: now, done: 'overdue_reminded_at' },
    });
    return Math.max(reminded, overdue);
  }

  /** Marking a row is what takes it: a second worker finds it marked. One that was dismissed or closed is not due. */
  private async remind(
    manager: EntityManager,
    now: Date,
    { threshold, until, done }: { readonly threshold: string; readonly until: Date; readonly done: string },
  ): Promise<number> {
    const [marked] = await manager.query<[{ id: string }[], number]>(
      `UPDATE incident SET ${done} = $1 WHERE id IN (
         SELECT id FROM incident
         WHERE state IN ('REPORTED', 'TRIAGED', 'CONTAINED', 'CONFIRMED')
           AND regulator_deadline_at <= $2 AND ${done} IS NULL
         ORDER BY regulator_deadline_at, id LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING id`,
      [now, until, sweepBatch],
    );
    for (const { id } of marked) {
      await this.audit.record(manager, {
        ...{ actor: 'system', action: 'remind-incident', subjectType: 'Incident', subjectId: id },
        details: { threshold },
      });
    }
    return marked.length;
  }
}
