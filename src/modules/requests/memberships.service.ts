import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { type Membership, type MembershipAnswer, refuseAnswer } from './membership.rules.js';
import { isTerminal, ReleaseRequest } from './request.entity.js';
import { RequestRevision } from './request-revision.entity.js';

const listMax = 200;

/** Asks the people of a team whether they are of it. */
@Injectable()
export class MembershipsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Submitted requests that name the person, newest first; those that they declined are no longer among them. */
  async of(personId: string): Promise<ReleaseRequest[]> {
    return this.transactions.reader
      .createQueryBuilder(ReleaseRequest, 'request')
      .where(':personId = ANY (request.member_ids)', { personId })
      .andWhere('EXISTS (SELECT 1 FROM request_revision WHERE request_id = request.id)')
      .orderBy('request.created_at', 'DESC')
      .take(listMax)
      .getMany();
  }

  /** Null when it was done. */
  answer(actor: Actor, id: string, answer: MembershipAnswer): Promise<Refusal | null> {
    return this.transactions.run(async (manager) => {
      const request = await manager.findOne(ReleaseRequest, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!request) return refusal('NOT_FOUND', 'No request names you.');
      const isSubmitted = await isNamedInSubmission(manager, id, actor.id);
      const refused = refuseAnswer(actor.id, {
        ...pick(request),
        isSubmitted,
        isOver: isTerminal(request),
      });
      if (!refused) await this.keep(manager, request, actor.id, answer);
      await this.audit.record(manager, {
        ...{ actor, action: 'answer-membership', subjectType: 'Request', subjectId: id },
        ...{ refusal: refused, details: { answer, state: request.state } },
      });
      return refused;
    });
  }

  private async keep(
    manager: EntityManager,
    request: ReleaseRequest,
    personId: string,
    answer: MembershipAnswer,
  ): Promise<void> {
    if (answer === 'CONFIRMED') request.confirmedMemberIds = [...request.confirmedMemberIds, personId];
    else {
      request.memberIds = request.memberIds.filter((one) => one !== personId);
      request.declinedMemberIds = [...request.declinedMemberIds, personId];
    }
    request.changedAt = this.clock.now();
    await manager.save(request);
  }
}

const pick = ({
  memberIds,
  confirmedMemberIds,
  declinedMemberIds,
}: ReleaseRequest): Omit<Membership, 'isSubmitted' | 'isOver'> => ({
  memberIds,
  confirmedMemberIds,
  declinedMemberIds,
});

/** A draft may still change: nobody is asked about it. */
async function isNamedInSubmission(
  manager: EntityManager,
  requestId: string,
  personId: string,
): Promise<boolean> {
  const last = await manager.findOne(RequestRevision, {
    where: { requestId },
    order: { revision: 'DESC' },
  });
  const { memberIds = [] } = (last?.form ?? {}) as Partial<ReleaseRequest>;
  return memberIds.includes(personId);
}
