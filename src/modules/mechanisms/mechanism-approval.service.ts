import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { type MechanismRecord, refuseMechanismCommand } from './mechanism.rules.js';
import { type MechanismCommand, mechanismTarget } from './mechanism.state.js';
import { Mechanism } from './mechanism.entity.js';
import { MechanismStops } from './mechanism-stops.js';
import { isUsed } from './mechanism-use.js';
import { msPerDay } from '../../core/time/units.js';

const reasonLengthMin = 10;

const stopReason: Readonly<Partial<Record<MechanismCommand, string>>> = {
  suspend: 'Its mechanism was suspended.',
  retire: 'Its mechanism was retired.',
};

/** UCLH framework 8.3: information governance approves a mechanism once, and looks at it every year. */
@Injectable()
export class MechanismApprovalService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly stops: MechanismStops,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  /** `hash` is what the person judged. Suspending and retiring reach whatever was made by the mechanism. */
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
        refuseMechanismCommand(command, await recordOf(manager, mechanism), actor.id) ??
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
    const reason = stopReason[command];
    if (reason !== undefined) await this.stops.reach(manager, mechanism, reason);
  }

  private markApproved(mechanism: Mechanism, personId: string): void {
    const now = this.clock.now();
    mechanism.approvedById = personId;
    mechanism.approvedAt = now;
    mechanism.reviewDueAt = new Date(now.getTime() + this.policy.lifecycle.mechanismReviewDays * msPerDay);
    mechanism.approvalPolicyHash = this.policy.hash;
  }
}

async function recordOf(manager: EntityManager, mechanism: Mechanism): Promise<MechanismRecord> {
  const { state, registeredById, reviewedById, approvedById, recusedIds } = mechanism;
  const used = await isUsed(manager, mechanism);
  return { state, registeredById, reviewedById, approvedById, recusedIds, isUsed: used };
}
