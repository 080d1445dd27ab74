import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Tier } from '../../generators/generator.js';
import { questionedSql } from '../decisions/index.js';
import { Jobs, type Sweep } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { RequestCommands } from '../requests/index.js';
import { dueRows } from './due-rows.js';

/** Tiers whose releases may cite the approval of their mechanism. HIGH never may, whatever a policy says. */
function standingTiers({ lifecycle }: Policy): Tier[] {
  return (['STRUCTURAL', 'LOW'] as const).filter((tier) => lifecycle.standingApproval[tier]);
}

/**
 * An approval stands under the policy it was given under, and only for what nobody has doubted: not for an appeal,
 * and not after information governance asked back. `policyHash`: a parameter, the policy in force.
 */
const standsFor = (policyHash: string): string =>
  `mechanism.approval_policy_hash = ${policyHash}
     AND request.link_kind IS DISTINCT FROM 'appeal' AND NOT ${questionedSql}`;

interface DueRequest {
  readonly id: string;
  readonly mechanism_id: string;
  readonly mechanism_hash: string;
}

/** UCLH framework 8.3: what an approved mechanism can make needs no agreement of its own. */
@Injectable()
export class AgreeByStandingApproval implements Sweep {
  readonly name = 'agree-by-standing-approval';

  constructor(
    private readonly commands: RequestCommands,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  async run(manager: EntityManager): Promise<number> {
    const due = await dueRows<DueRequest>(
      manager,
      `SELECT DISTINCT ON (request.id) request.id, mechanism.id AS mechanism_id, mechanism.hash AS mechanism_hash
       FROM request JOIN mechanism ON mechanism.source_id = request.source_id AND mechanism.tier = request.tier
       WHERE request.state = 'SUBMITTED' AND request.tier = ANY ($1) AND mechanism.state = 'APPROVED'
         AND request.use_case = ANY (mechanism.permitted_uses) AND mechanism.approved_by_id <> request.requester_id
         AND mechanism.approved_by_id <> ALL (request.member_ids || request.recused_ids)
         AND ${standsFor('$2')}
       ORDER BY request.id, mechanism.approved_at DESC`,
      [standingTiers(this.policy), this.policy.hash],
    );
    for (const { id, mechanism_id: mechanismId, mechanism_hash: mechanismHash } of due) {
      await this.commands.carryOutAsSystem(manager, id, {
        command: 'agree',
        details: { mechanismId, mechanismHash },
      });
    }
    return due.length;
  }
}

/** A release cites the approval of its mechanism, given by somebody who has no part in the request. */
@Injectable()
export class ApproveByStandingApproval implements Sweep {
  readonly name = 'approve-by-standing-approval';

  constructor(
    private readonly commands: RequestCommands,
    private readonly jobs: Jobs,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  async run(manager: EntityManager, now: Date): Promise<number> {
    const due = await dueRows<DueRequest>(
      manager,
      `SELECT request.id, mechanism.id AS mechanism_id, mechanism.hash AS mechanism_hash
       FROM request JOIN mechanism ON mechanism.id = request.mechanism_id
       WHERE request.state = 'IG_REVIEW' AND request.tier = ANY ($1) AND mechanism.state = 'APPROVED'
         AND request.checks_policy_hash = $2 AND request.checks_outcome = 'pass'
         AND mechanism.approved_by_id <> ALL (request.member_ids || request.endorser_ids || request.waiver_ids)
         AND mechanism.approved_by_id <> ALL (request.recused_ids)
         AND mechanism.approved_by_id NOT IN (request.requester_id, request.operator_id, request.evaluator_id)
         AND ${standsFor('$2')}
       ORDER BY request.id`,
      [standingTiers(this.policy), this.policy.hash],
    );
    for (const row of due) await this.approve(manager, row, now);
    return due.length;
  }

  private async approve(manager: EntityManager, row: DueRequest, now: Date): Promise<void> {
    const { id, mechanism_id: mechanismId, mechanism_hash: mechanismHash } = row;
    await this.commands.carryOutAsSystem(manager, id, {
      command: 'approve',
      details: { mechanismId, mechanismHash },
      apply: async (_, request) => {
        request.standingMechanismId = mechanismId;
        request.approvedAt = now;
        await this.jobs.enqueue(manager, 'publish', id, 'system');
        return true;
      },
    });
  }
}
