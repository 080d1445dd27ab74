import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/index.js';
import { Jobs, type Sweep } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { RequestCommands, suspensionBySystem } from '../requests/index.js';
import { waiversNeeded } from '../waivers/index.js';
import { dueRows } from './due-rows.js';

/** UCLH framework 9.5.6: what is published is audited on a regular basis. The checks' own end says what follows. */
@Injectable()
export class AuditReleasesAgain implements Sweep {
  readonly name = 'audit-releases-again';

  constructor(
    private readonly audit: AuditService,
    private readonly jobs: Jobs,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  /** Work that is under way keeps a release from being due: it is queued once, whoever sweeps and dies meanwhile. */
  async run(manager: EntityManager, now: Date): Promise<number> {
    const due = await dueRows<{ id: string; checked_at: Date }>(
      manager,
      `SELECT request.id, checked.at AS checked_at
       FROM request JOIN release ON release.request_id = request.id
       CROSS JOIN LATERAL (
         SELECT coalesce(max(evaluated_at), release.published_at) AS at FROM evaluation
         WHERE request_id = request.id AND candidate_hash = request.candidate_hash) AS checked
       WHERE request.state = 'PUBLISHED'
         AND checked.at <= $1::timestamptz - make_interval(hours => 24 * ($2::jsonb ->> request.tier)::integer)
         AND NOT EXISTS (SELECT FROM job
                         WHERE subject_id = request.id AND state IN ('PENDING', 'QUEUED', 'RUNNING'))
       ORDER BY checked.at`,
      [now, JSON.stringify(this.policy.lifecycle.reauditDays)],
    );
    for (const { id, checked_at: checkedAt } of due) {
      await this.jobs.enqueueUnlessUnderWay(manager, 'check', id, 'system');
      await this.audit.record(manager, {
        actor: 'system',
        action: 'ask-for-re-audit',
        subjectType: 'Request',
        subjectId: id,
        details: { checkedAt: checkedAt.toISOString() },
      });
    }
    return due.length;
  }
}

interface UnwaivedRelease {
  readonly id: string;
  readonly checks: readonly string[];
}

/** A failed check that people let pass for a time counts again when the time is over. */
@Injectable()
export class StopUnwaivedReleases implements Sweep {
  readonly name = 'stop-unwaived-releases';

  constructor(private readonly commands: RequestCommands) {}

  async run(manager: EntityManager, now: Date): Promise<number> {
    const due = await dueRows<UnwaivedRelease>(
      manager,
      `SELECT request.id, counting.checks
       FROM request
       CROSS JOIN LATERAL (
         SELECT id, checks FROM evaluation
         WHERE request_id = request.id AND candidate_hash = request.candidate_hash
         ORDER BY evaluated_at DESC LIMIT 1) AS last
       CROSS JOIN LATERAL (
         SELECT ARRAY(
           SELECT checked ->> 'name' FROM jsonb_array_elements(last.checks) AS checked
           WHERE checked ->> 'status' = 'fail' AND $2 > (
             SELECT count(DISTINCT person_id) FROM waiver
             WHERE evaluation_id = last.id AND check_name = checked ->> 'name' AND expires_at > $1)
           ORDER BY 1) AS checks) AS counting
       WHERE request.state = 'PUBLISHED' AND cardinality(counting.checks) > 0
         AND EXISTS (SELECT FROM waiver WHERE request_id = request.id AND expires_at <= $1)
       ORDER BY request.id`,
      [now, waiversNeeded],
    );
    for (const { id, checks } of due) {
      const reason = `What let these failed checks pass has ended: ${checks.join(', ')}.`;
      await this.commands.carryOutAsSystem(manager, id, suspensionBySystem(reason, now));
    }
    return due.length;
  }
}
