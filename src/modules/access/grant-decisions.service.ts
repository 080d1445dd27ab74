import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { refuseReason } from '../decisions/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, type Refusal, refusal } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { GrantCommands } from './grant-commands.js';
import type { AccessGrant } from './grant.entity.js';
import { type IgDeclineReason, refuseGrantEnd } from './grant.rules.js';
import { isBlocked } from './is-blocked.js';
import { Training } from './training.entity.js';

type Answer = Promise<AccessGrant | Refusal>;

/** UCLH framework 9.5.5: information governance "shall agree or refuse applicants based on their compliance". */
@Injectable()
export class GrantDecisionsService {
  constructor(
    private readonly commands: GrantCommands,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  assess(actor: Actor, id: string): Answer {
    return this.commands.carryOut(actor, id, { command: 'assess' });
  }

  /** With the grant its training is accepted: the approver has looked at the proof. */
  approve(actor: Actor, id: string, { note, endsAt }: { note: string; endsAt: Date }): Answer {
    const now = this.clock.now();
    return this.commands.carryOut(actor, id, {
      command: 'approve',
      refuse: async (manager, grant) =>
        refuseReason(note) ??
        refuseGrantEnd(endsAt, this.policy.access.grantDaysMax, now) ??
        (await this.refuseHolder(manager, grant, now)),
      apply: async (manager, grant) => {
        this.markDecided(grant, actor, note);
        Object.assign(grant, { startsAt: now, endsAt });
        const decided = { decidedById: actor.id, decidedAt: now, isAccepted: true };
        await manager.update(Training, { id: grant.trainingId }, decided);
      },
      details: { note, endsAt: endsAt.toISOString(), policyHash: this.policy.hash },
    });
  }

  decline(actor: Actor, id: string, { note, reason }: { note: string; reason: IgDeclineReason }): Answer {
    return this.commands.carryOut(actor, id, {
      command: 'decline',
      refuse: () => refuseReason(note),
      apply: (_, grant) => {
        this.markDecided(grant, actor, note);
        grant.declineReason = reason;
      },
      details: { note, reason, policyHash: this.policy.hash },
    });
  }

  suspend(actor: Actor, id: string, reason: string): Answer {
    return this.commands.carryOut(actor, id, {
      command: 'suspend',
      refuse: () => refuseReason(reason),
      apply: (_, grant) => {
        Object.assign(grant, { suspensionCause: 'GRANT', suspendedById: actor.id });
      },
      details: { reason },
    });
  }

  resume(actor: Actor, id: string, reason: string): Answer {
    return this.commands.carryOut(actor, id, {
      command: 'resume',
      refuse: async (manager, grant) =>
        refuseReason(reason) ?? (await this.refuseHolder(manager, grant, this.clock.now())),
      details: { reason },
    });
  }

  revoke(actor: Actor, id: string, reason: string): Answer {
    return this.commands.carryOut(actor, id, {
      command: 'revoke',
      refuse: () => refuseReason(reason),
      details: { reason },
    });
  }

  private markDecided(grant: AccessGrant, { id }: Actor, note: string): void {
    Object.assign(grant, { decidedById: id, decidedAt: this.clock.now(), decisionNote: note.trim() });
    grant.policyHash = this.policy.hash;
  }

  /** Nobody is let in who is blocked, or whose training has run out since they applied. */
  private async refuseHolder(
    manager: EntityManager,
    { personId, trainingId, endsAt }: AccessGrant,
    now: Date,
  ): Promise<Refusal | null> {
    if (await isBlocked(manager, personId)) return refusal('PERSON_BLOCKED', 'The person is blocked.');
    if (endsAt !== null) return null;
    const { expiresAt, isAccepted } = await manager.findOneByOrFail(Training, { id: trainingId });
    return expiresAt > now && isAccepted !== false
      ? null
      : refusal('TRAINING_NOT_VALID', 'The training of this application does not count (any longer).');
  }
}
