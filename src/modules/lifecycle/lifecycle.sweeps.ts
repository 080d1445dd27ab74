import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/index.js';
import type { Sweep } from '../platform/index.js';
import { RequestCommands } from '../requests/index.js';
import { dueRows } from './due-rows.js';

/** Releases whose time is over are no longer given out. */
@Injectable()
export class ExpireReleases implements Sweep {
  readonly name = 'expire-releases';

  constructor(private readonly commands: RequestCommands) {}

  async run(manager: EntityManager, now: Date): Promise<number> {
    const due = await dueRows<{ id: string }>(
      manager,
      `SELECT request.id FROM request JOIN release ON release.request_id = request.id
       WHERE request.state IN ('PUBLISHED', 'SUSPENDED') AND release.expires_at <= $1 ORDER BY release.expires_at`,
      [now],
    );
    for (const { id } of due) await this.commands.carryOutAsSystem(manager, id, { command: 'expire' });
    return due.length;
  }
}

/** A mechanism is looked at every year; until then it is not live. */
@Injectable()
export class MarkMechanismsDue implements Sweep {
  readonly name = 'mark-mechanisms-due';

  constructor(private readonly audit: AuditService) {}

  async run(manager: EntityManager, now: Date): Promise<number> {
    const due = await dueRows<{ id: string }>(
      manager,
      `SELECT id FROM mechanism WHERE state = 'APPROVED' AND review_due_at <= $1 ORDER BY review_due_at`,
      [now],
    );
    for (const { id } of due) {
      await manager.query(`UPDATE mechanism SET state = 'REVIEW_DUE' WHERE id = $1 AND state = 'APPROVED'`, [
        id,
      ]);
      await this.audit.record(manager, {
        actor: 'system',
        action: 'review-due-mechanism',
        subjectType: 'Mechanism',
        subjectId: id,
      });
    }
    return due.length;
  }
}
