import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { RequestCommands, suspensionBySystem } from '../requests/index.js';
import { refuseMechanismCommand } from './mechanism.rules.js';
import { type MechanismCommand, mechanismTarget } from './mechanism.state.js';
import { Mechanism } from './mechanism.entity.js';

const msPerDay = 86_400_000;
const reasonLengthMin = 10;

/** UCLH framework 8.3: information governance approves a mechanism once, and looks at it every year. */
@Injectable()
export class MechanismApprovalService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly requests: RequestCommands,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  /** `hash` is what the person judged. Suspending reaches every release made by the mechanism. */
  command(
    actor: Actor,
    id: string,
    given: { readonly command: MechanismCommand; readonly hash: string; readonly reason: string },
  ): Promise<Mechanism | Refusal> {
    const { command, hash, reason } = given;
    return this.transactions.run(async (manager) => {
      const mechanism = await manager.findOne(Mechanism, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!mechanism) return refusal('NOT_FOUND', 'There is no such mechanism.', id);
      const refused =
        actor.refuse(command, mechanism) ??
        refuseMechanismCommand(command, mechanism, actor.id) ??
        (hash === mechanism.hash
          ? null
          : refusal('MECHANISM_MISMATCH', 'This is not the mechanism you judged.', 'hash')) ??
        (reason.trim().length >= reasonLengthMin
          ? null
          : refusal('INCOMPLETE', 'Give the reason in words.', 'reason'));
      if (!refused) await this.proceed(manager, mechanism, command, actor.id);
      await this.audit.record(manager, {
        actor,
        action: `${command}-mechanism`,
        subjectType: 'Mechanism',
        subjectId: id,
        refusal: refused,
        details: { hash: mechanism.hash, reason, policyHash: this.policy.hash },
      });
      return refused ?? mechanism;
    });
  }

  private async proceed(
    manager: EntityManager,
    mechanism: Mechanism,
    command: MechanismCommand,
    personId: string,
  ): Promise<void> {
    if (command === 'review') mechanism.reviewedById = personId;
    if (command === 'approve') this.markApproved(mechanism, personId);
    if (command === 'return') mechanism.reviewedById = null;
    mechanism.state = mechanismTarget(command, mechanism.state) ?? mechanism.state;
    await manager.save(mechanism);
    if (command === 'suspend') await this.suspendReleases(manager, mechanism);
  }

  private markApproved(mechanism: Mechanism, personId: string): void {
    const now = this.clock.now();
    mechanism.approvedById = personId;
    mechanism.approvedAt = now;
    mechanism.reviewDueAt = new Date(now.getTime() + this.policy.lifecycle.mechanismReviewDays * msPerDay);
    mechanism.approvalPolicyHash = this.policy.hash;
  }

  private async suspendReleases(manager: EntityManager, { id }: Mechanism): Promise<void> {
    const published = await manager.query<{ id: string }[]>(
      `SELECT id FROM request WHERE mechanism_id = $1 AND state = 'PUBLISHED' ORDER BY id`,
      [id],
    );
    for (const request of published) {
      const step = suspensionBySystem(`Mechanism ${id} was suspended.`, this.clock.now());
      await this.requests.carryOutAsSystem(manager, request.id, step);
    }
  }
}
