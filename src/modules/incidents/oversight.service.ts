import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, Not } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { DecisionRecords, refuseReason } from '../decisions/index.js';
import { Evaluation, storedChecks } from '../evaluations/index.js';
import type { Actor } from '../identity/index.js';
import { Mechanism } from '../mechanisms/index.js';
import { CLOCK, type Refusal } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { deadlinesFrom } from '../reminders/index.js';
import { askForDestruction } from '../releases/index.js';
import {
  markSuspended,
  type ReleaseRequest,
  RequestCommands,
  suspensionBySystem,
} from '../requests/index.js';
import { outcomeWithWaivers } from '../waivers/index.js';
import { Incident } from './incident.entity.js';
import { type RecallReason, refuseReinstatement, reinstatersNeeded } from './oversight.rules.js';

/** Stops, takes back and lets out again what was published. It counts from the next download on. */
@Injectable()
export class OversightService {
  constructor(
    private readonly commands: RequestCommands,
    private readonly records: DecisionRecords,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  suspend(actor: Actor, id: string, reason: string): Promise<ReleaseRequest | Refusal> {
    return this.commands.carryOut(actor, id, {
      command: 'suspend',
      details: { reason },
      refuse: () => refuseReason(reason),
      apply: async (manager, request) => {
        await this.records.keep(manager, actor, request, { command: 'suspend', reason });
        markSuspended(request, actor.id, this.clock.now());
        return true;
      },
    });
  }

  /** Null when it was, or was not published any more. */
  suspendAsSystem(manager: EntityManager, id: string, reason: string): Promise<Refusal | null> {
    const step = suspensionBySystem(reason, this.clock.now());
    return this.commands.carryOutAsSystem(manager, id, step);
  }

  /** The second of two people, neither of whom suspended it, lets it out. */
  reinstate(actor: Actor, id: string, reason: string): Promise<ReleaseRequest | Refusal> {
    return this.commands.carryOut(actor, id, {
      command: 'reinstate',
      details: { reason },
      refuse: async (manager, request) =>
        refuseReason(reason) ?? (await this.refuseReinstatement(manager, request)),
      apply: async (manager, request) => {
        await this.records.keep(manager, actor, request, { command: 'reinstate', reason });
        request.reinstaterIds = [...request.reinstaterIds, actor.id];
        if (request.reinstaterIds.length < reinstatersNeeded) return false;
        Object.assign(request, { suspendedById: null, suspendedAt: null, reinstaterIds: [] });
        return true;
      },
    });
  }

  recall(
    actor: Actor,
    id: string,
    why: { readonly reason: string; readonly reasonClass: RecallReason },
  ): Promise<ReleaseRequest | Refusal> {
    return this.commands.carryOut(actor, id, this.recallStep(actor, why));
  }

  /** The same as part of something else, such as the confirmation of an incident. */
  recallIn(
    manager: EntityManager,
    actor: Actor,
    id: string,
    why: { readonly reason: string; readonly reasonClass: RecallReason },
  ): Promise<ReleaseRequest | Refusal> {
    return this.commands.carryOutIn(manager, actor, id, this.recallStep(actor, why));
  }

  private recallStep(
    actor: Actor,
    { reason, reasonClass }: { reason: string; reasonClass: RecallReason },
  ): Parameters<RequestCommands['carryOut']>[2] {
    return {
      command: 'recall',
      details: { reason, reasonClass },
      refuse: () => refuseReason(reason),
      apply: async (manager, request) => {
        await this.records.keep(manager, actor, request, { command: 'recall', reason });
        const now = this.clock.now();
        const { destruction, calendar } = this.policy.notifications;
        await askForDestruction(manager, request.id, { now, ...deadlinesFrom(now, destruction, calendar) });
        return true;
      },
    };
  }

  private async refuseReinstatement(
    manager: EntityManager,
    request: ReleaseRequest,
  ): Promise<Refusal | null> {
    const { id: requestId, candidateHash, suspendedAt } = request;
    const evaluation = await manager.findOne(Evaluation, {
      where: { requestId, candidateHash: candidateHash ?? '' },
      order: { evaluatedAt: 'DESC' },
    });
    const checked = evaluation && {
      outcome: await outcomeWithWaivers(
        manager,
        await storedChecks(manager, this.policy, request, evaluation),
        request,
        this.clock.now(),
      ),
      policyHash: evaluation.policyHash,
      begunAt: evaluation.begunAt,
    };
    const openIncidents = await manager.countBy(Incident, { requestId, state: Not('CLOSED') });
    const { state: mechanismState } = await manager.findOneByOrFail(Mechanism, {
      id: request.mechanismId ?? '',
    });
    const { hash: policyHash } = this.policy;
    return refuseReinstatement({
      openIncidents,
      mechanismState,
      suspendedAt,
      policyHash,
      evaluation: checked,
    });
  }
}
