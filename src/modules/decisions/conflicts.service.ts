import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import { keepConflict } from '../conflicts/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, Jobs, type Refusal, refusal, Transactions } from '../platform/index.js';
import {
  beginRound,
  checkedAnew,
  isTerminal,
  ReleaseRequest,
  RequestCommands,
  turnedBack,
} from '../requests/index.js';
import { fallsWith, refuseDeclaration } from './conflict.rules.js';
import { refuseReason } from './decision.rules.js';

/** Who has a conflict of interest leaves the request to others, and what hung on them falls. */
@Injectable()
export class ConflictsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly commands: RequestCommands,
    private readonly jobs: Jobs,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  declare(actor: Actor, id: string, statement: string): Promise<ReleaseRequest | Refusal> {
    return this.transactions.run(async (manager) => {
      const request = await manager.findOne(ReleaseRequest, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!request) return refusal('NOT_FOUND', 'There is no such request.', id);
      const refused =
        actor.refuse('recuse', request) ??
        refuseReason(statement) ??
        refuseDeclaration(actor.id, request, isTerminal(request));
      if (!refused) {
        await this.recuse(manager, actor, request, statement);
        return manager.findOneByOrFail(ReleaseRequest, { id });
      }
      await this.audit.record(manager, {
        actor,
        action: 'declare-conflict',
        subjectType: 'Request',
        subjectId: id,
        refusal: refused,
      });
      return refused;
    });
  }

  /** For a person who may decide on the request, which the caller holds locked and does not save afterwards. */
  async recuse(
    manager: EntityManager,
    actor: Actor,
    { id }: ReleaseRequest,
    statement: string,
  ): Promise<void> {
    const request = await manager.findOneByOrFail(ReleaseRequest, { id });
    const declaredAt = this.clock.now();
    const said = { personId: actor.id, statement, declaredAt };
    const kept = await keepConflict(manager, { requestId: id }, said);
    const falls = fallsWith(actor.id, request, await hasDecided(manager, actor.id, request));
    await this.audit.record(manager, {
      actor,
      action: 'declare-conflict',
      subjectType: 'Request',
      subjectId: id,
      details: {
        state: request.state,
        voids: falls,
        ...kept,
      },
    });
    // First what hangs on the person: the database keeps no approval of somebody who is recused.
    if (falls !== 'nothing') await this.voidApprovals(manager, request);
    const current = await manager.findOneByOrFail(ReleaseRequest, { id });
    current.recusedIds = [...current.recusedIds, actor.id];
    current.reinstaterIds = current.reinstaterIds.filter((one) => one !== actor.id);
    current.changedAt = declaredAt;
    await manager.save(current);
    if (falls === 'evidence') await this.checkAnew(manager, id);
  }

  /** Back to information governance, or to a round of its own when it has not decided yet. */
  private async voidApprovals(manager: EntityManager, request: ReleaseRequest): Promise<void> {
    if (request.state === 'APPROVED') {
      const details = { code: 'CONFLICT_OF_INTEREST' };
      await this.commands.carryOutAsSystem(manager, request.id, turnedBack(details));
      return;
    }
    beginRound(request);
    await manager.save(request);
  }

  private async checkAnew(manager: EntityManager, id: string): Promise<void> {
    const step = checkedAnew({ code: 'CONFLICT_OF_INTEREST' }, (within) =>
      this.jobs.enqueue(within, 'check', id, 'system'),
    );
    await this.commands.carryOutAsSystem(manager, id, step);
  }
}

async function hasDecided(
  manager: EntityManager,
  personId: string,
  { id, revision }: ReleaseRequest,
): Promise<boolean> {
  const [row] = await manager.query<unknown[]>(
    `SELECT 1 FROM decision WHERE request_id = $1 AND revision = $2 AND $3 IN (person_id, on_behalf_of_id) LIMIT 1`,
    [id, revision, personId],
  );
  return row !== undefined;
}
