import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In, LessThanOrEqual } from 'typeorm';
import { Jobs, type Sweep, sweepBatch } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { GrantCommands } from './grant-commands.js';
import { AccessGrant } from './grant.entity.js';
import { msPerDay } from '../../core/time/units.js';

const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * msPerDay);

/** Locked before anything is recorded; what somebody is changing now waits for the next turn. */
const lock = { mode: 'pessimistic_write', onLocked: 'skip_locked' } as const;

/** Access that has reached its end is over. The predicate knew already; now the note and the destruction are due. */
@Injectable()
class ExpireGrants implements Sweep {
  readonly name = 'expire-access';

  constructor(private readonly commands: GrantCommands) {}

  async run(manager: EntityManager, now: Date): Promise<number> {
    const due = await manager.find(AccessGrant, {
      where: { state: In(['ACTIVE', 'SUSPENDED']), endsAt: LessThanOrEqual(now) },
      order: { id: 'ASC' },
      take: sweepBatch,
      lock,
    });
    for (const grant of due) await this.commands.carryOutAsSystem(manager, grant, { command: 'expire' });
    return due.length;
  }
}

/** A referee who does not answer leaves nobody waiting for ever. */
@Injectable()
class LapseApplications implements Sweep {
  readonly name = 'lapse-applications';

  constructor(
    private readonly commands: GrantCommands,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  async run(manager: EntityManager, now: Date): Promise<number> {
    const due = await manager.find(AccessGrant, {
      where: {
        state: 'REQUESTED',
        appliedAt: LessThanOrEqual(daysBefore(now, this.policy.access.refereeDays)),
      },
      order: { id: 'ASC' },
      take: sweepBatch,
      lock,
    });
    for (const grant of due) {
      await this.commands.carryOutAsSystem(manager, grant, {
        command: 'lapse',
        apply: (_, application) => {
          application.declineReason = 'REFEREE_SILENT';
        },
        details: { reason: 'REFEREE_SILENT' },
      });
    }
    return due.length;
  }
}

/** Marks the rows that are due as reminded and asks for their letters, in one transaction: each is reminded once. */
async function remind(
  manager: EntityManager,
  jobs: Jobs,
  sql: string,
  parameters: readonly unknown[],
): Promise<number> {
  const [marked] = await manager.query<[{ id: string }[], number]>(sql, [...parameters, sweepBatch]);
  for (const { id } of marked) await jobs.enqueue(manager, 'remind', id, 'system');
  return marked.length;
}

const notBeingReminded = `NOT EXISTS (SELECT 1 FROM job WHERE subject_id = access_grant.id AND kind = 'remind'
  AND finished_at IS NULL)`;

/** The holder hears of the end before it comes, once. */
@Injectable()
class NoticeEnds implements Sweep {
  readonly name = 'notice-ends-of-access';

  constructor(
    private readonly jobs: Jobs,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  run(manager: EntityManager, now: Date): Promise<number> {
    return remind(
      manager,
      this.jobs,
      `UPDATE access_grant SET end_noticed_at = $1 WHERE id IN (
         SELECT id FROM access_grant WHERE state = 'ACTIVE' AND end_noticed_at IS NULL AND ends_at <= $2
           AND ${notBeingReminded}
         ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING id`,
      [now, daysBefore(now, -this.policy.access.noticeDays)],
    );
  }
}

/** A note that is overdue is asked for again and again. */
@Injectable()
class RemindOfNotes implements Sweep {
  readonly name = 'remind-of-end-notes';

  constructor(
    private readonly jobs: Jobs,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  run(manager: EntityManager, now: Date): Promise<number> {
    return remind(
      manager,
      this.jobs,
      `UPDATE access_grant SET note_reminded_at = $1 WHERE id IN (
         SELECT id FROM access_grant WHERE state IN ('EXPIRED', 'REVOKED') AND note_due_at <= $1
           AND (note_reminded_at IS NULL OR note_reminded_at <= $2) AND ${notBeingReminded}
         ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING id`,
      [now, daysBefore(now, this.policy.access.reminderDays)],
    );
  }
}

/** What the clock does to access grants. */
export const grantSweeps = [ExpireGrants, LapseApplications, NoticeEnds, RemindOfNotes];
