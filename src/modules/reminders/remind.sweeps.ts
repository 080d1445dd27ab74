import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/index.js';
import { type Sweep, sweepBatch } from '../platform/index.js';

interface DueRequest {
  readonly request_id: string;
  readonly visit: string;
  readonly state: string;
  readonly threshold: string;
}

/** Reminds the people a request waits for: once a threshold of each stay in a state. */
@Injectable()
export class RemindOfRequests implements Sweep {
  readonly name = 'remind-of-requests';

  constructor(private readonly audit: AuditService) {}

  async run(manager: EntityManager, now: Date): Promise<number> {
    // The request is locked first, as everywhere; one that somebody is moving on needs no reminder now.
    const due = await manager.query<DueRequest[]>(
      `SELECT clock.request_id, clock.visit, clock.state, threshold.name AS threshold
       FROM request_clock clock JOIN request ON request.id = clock.request_id
         CROSS JOIN LATERAL (VALUES ('reminder', clock.remind_at), ('overdue', clock.overdue_at)) AS threshold (name, at)
       WHERE clock.remind_at <= $1 AND threshold.at <= $1 AND request.state = clock.state AND NOT EXISTS (
         SELECT 1 FROM reminder WHERE reminder.request_id = clock.request_id AND reminder.visit = clock.visit
           AND reminder.threshold = threshold.name)
       ORDER BY threshold.at, clock.request_id LIMIT $2 FOR UPDATE OF request SKIP LOCKED`,
      [now, sweepBatch],
    );
    for (const one of due) await this.remind(manager, one, now);
    return due.length;
  }

  private async remind(
    manager: EntityManager,
    { request_id: requestId, visit, state, threshold }: DueRequest,
    now: Date,
  ): Promise<void> {
    const isFirst = await manager.query<unknown[]>(
      `INSERT INTO reminder (request_id, visit, threshold, reminded_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [requestId, visit, threshold, now],
    );
    if (isFirst.length === 0) return;
    await this.audit.record(manager, {
      actor: 'system',
      action: 'remind-request',
      subjectType: 'Request',
      subjectId: requestId,
      details: { threshold, state, visit },
    });
  }
}

/** Reminds everybody who has files of a recalled release and has not said that they are destroyed. */
@Injectable()
export class RemindOfDestructions implements Sweep {
  readonly name = 'remind-of-destructions';

  constructor(private readonly audit: AuditService) {}

  async run(manager: EntityManager, now: Date): Promise<number> {
    const reminded = await this.remind(manager, now, {
      threshold: 'reminder',
      due: 'remind_at',
      done: 'reminded_at',
    });
    const overdue = await this.remind(manager, now, {
      ...{ threshold: 'overdue', due: 'overdue_at', done: 'overdue_reminded_at' },
    });
    return Math.max(reminded, overdue);
  }

  /** Marking a row is what takes it: a second worker finds it marked. */
  private async remind(
    manager: EntityManager,
    now: Date,
    { threshold, due, done }: { readonly threshold: string; readonly due: string; readonly done: string },
  ): Promise<number> {
    const [marked] = await manager.query<[{ release_id: string; person_id: string }[], number]>(
      `UPDATE destruction SET ${done} = $1 WHERE (release_id, person_id) IN (
         SELECT release_id, person_id FROM destruction
         WHERE confirmed_at IS NULL AND ${due} <= $1 AND ${done} IS NULL
         ORDER BY ${due}, release_id, person_id LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING release_id, person_id`,
      [now, sweepBatch],
    );
    for (const { release_id: releaseId, person_id: personId } of marked) {
      await this.audit.record(manager, {
        actor: 'system',
        action: 'remind-destruction',
        subjectType: 'Release',
        subjectId: releaseId,
        details: { threshold, personId },
      });
    }
    return marked.length;
  }
}
