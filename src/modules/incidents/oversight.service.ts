import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, Not } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
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
    private readonly audit: AuditService,
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
        refuseReason(reason) ?? (await this.refuseReinstatement(manager, request, actor.id)),
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
        await this.askForDestruction(manager, request.id);
        return true;
      },
    };
  }

  /** What has ended stays as it ended; who has files of it is asked to destroy them, as with a recall. */
  async takeBackEnded(manager: EntityManager, actor: Actor, id: string, details: object): Promise<void> {
    const asked = await this.askForDestruction(manager, id);
    const [release] = await manager.query<{ id: string }[]>('SELECT id FROM release WHERE request_id = $1', [
      id,
    ]);
    await this.audit.record(manager, {
      ...{ actor, action: 'ask-for-destruction', subjectType: 'Release', subjectId: release?.id ?? null },
      details: { ...details, asked },
    });
  }

  private askForDestruction(manager: EntityManager, requestId: string): Promise<number> {
    const now = this.clock.now();
    const { destruction, calendar } = this.policy.notifications;
    return askForDestruction(manager, requestId, { now, ...deadlinesFrom(now, destruction, calendar) });
  }

  private async refuseReinstatement(
    manager: EntityManager,
    request: ReleaseRequest,
    personId: string,
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
    const reporterIds = await reportersSince(manager, requestId, suspendedAt);
    const facts = { reporterIds, openIncidents, mechanismState, suspendedAt, policyHash };
    return refuseReinstatement({ ...facts, evaluation: checked }, personId);
  }
}

/** Who reported an incident that was open when the release was suspended, or since. */
async function reportersSince(
  manager: EntityManager,
  requestId: string,
  suspendedAt: Date | null,
): Promise<string[]> {
  const found = await manager.query<{ id: string }[]>(
    `SELECT DISTINCT reported_by_id AS id FROM incident
     WHERE request_id = $1 AND (state <> 'CLOSED' OR changed_at >= $2)`,
    [requestId, suspendedAt],
  );
  return found.map(({ id }) => id);
}
