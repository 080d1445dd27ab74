import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { msPerDay } from '../../core/time/units.js';
import { AuditService } from '../audit/index.js';
import { CLOCK, Jobs, type Sweep } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { beginRound, checkedAnew, ReleaseRequest, RequestCommands, turnedBack } from '../requests/index.js';
import { dueRows } from './due-rows.js';

/** An approval of this round that has grown old; `oldest`: a parameter, the moment after which approvals count. */
const hasOldApproval = (oldest: string): string =>
  `EXISTS (SELECT FROM decision WHERE request_id = request.id AND review_round = request.review_round
             AND command = 'approve' AND decided_at <= ${oldest})`;

/** Approvals that have grown old, or were given under another policy, do not lead to a publication any more. */
@Injectable()
export class VoidStaleApprovals implements Sweep {
  readonly name = 'void-stale-approvals';

  constructor(
    private readonly commands: RequestCommands,
    private readonly audit: AuditService,
    @Inject(POLICY) private readonly policy: Policy,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(manager: EntityManager, now: Date): Promise<number> {
    const oldest = new Date(now.getTime() - this.policy.lifecycle.approvalDays * msPerDay);
    const due = await dueRows<{ id: string }>(
      manager,
      `SELECT id FROM request WHERE state = 'APPROVED'
         AND (approved_at <= $1 OR checks_policy_hash <> $2 OR ${hasOldApproval('$1')}) ORDER BY id`,
      [oldest, this.policy.hash],
    );
    for (const { id } of due) await this.commands.carryOutAsSystem(manager, id, turnedBack({}));
    return due.length + (await this.beginRoundsAnew(manager, oldest));
  }

  /** Where one of several approvals has grown old before the last was given. */
  private async beginRoundsAnew(manager: EntityManager, oldest: Date): Promise<number> {
    const due = await dueRows<{ id: string }>(
      manager,
      `SELECT id FROM request WHERE state = 'IG_REVIEW' AND cardinality(approver_ids) > 0
         AND ${hasOldApproval('$1')} ORDER BY id`,
      [oldest],
    );
    for (const { id } of due) {
      const where = { id, state: 'IG_REVIEW' as const };
      const request = await manager.findOne(ReleaseRequest, { where, lock: { mode: 'pessimistic_write' } });
      if (!request) continue;
      beginRound(request);
      request.changedAt = this.clock.now();
      await manager.save(request);
      await this.audit.record(manager, {
        actor: 'system',
        action: 'void-approvals',
        subjectType: 'Request',
        subjectId: id,
        details: { reason: 'An approval of this round has grown old.' },
      });
    }
    return due.length;
  }
}

/**
 * What is judged or decided on rests on checks under the policy in force that have not grown old: else the candidate
 * is checked anew before anybody goes on.
 */
@Injectable()
export class CheckStaleCandidates implements Sweep {
  readonly name = 'check-stale-candidates';

  constructor(
    private readonly commands: RequestCommands,
    private readonly jobs: Jobs,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  async run(manager: EntityManager, now: Date): Promise<number> {
    const due = await dueRows<{ id: string }>(
      manager,
      `SELECT request.id FROM request
       CROSS JOIN LATERAL (
         SELECT max(evaluated_at) AS at FROM evaluation
         WHERE request_id = request.id AND candidate_hash = request.candidate_hash) AS checked
       WHERE request.state IN ('EVALUATING', 'IG_REVIEW')
         AND (request.checks_policy_hash <> $3
           OR checked.at <= $1::timestamptz - make_interval(hours => 24 * ($2::jsonb ->> request.tier)::integer))
       ORDER BY request.id`,
      [now, JSON.stringify(this.policy.lifecycle.reauditDays), this.policy.hash],
    );
    for (const { id } of due) {
      const step = checkedAnew(
        { reason: 'The checks are under another policy, or have grown old.' },
        (within) => this.jobs.enqueue(within, 'check', id, 'system'),
      );
      await this.commands.carryOutAsSystem(manager, id, step);
    }
    return due.length;
  }
}
