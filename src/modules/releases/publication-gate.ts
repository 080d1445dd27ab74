import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { msPerDay } from '../../core/time/units.js';
import { Assessment, assessmentHash } from '../assessments/index.js';
import { distinctIdentities, recordedApprovals, wasQuestioned } from '../decisions/index.js';
import { Evaluation, storedChecks } from '../evaluations/index.js';
import type { Candidate } from '../generation/index.js';
import { Mechanism, refuseStopped } from '../mechanisms/index.js';
import { CLOCK, type Refusal, refusal } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { type CurrentQuestions, QUESTIONS } from '../questions/index.js';
import { type ReleaseRequest, refuseUnassessed } from '../requests/index.js';
import { outcomeWithWaivers } from '../waivers/index.js';
import { barredFromApproving, refusePublication } from './release.rules.js';

/** Puts the question of publication to the records themselves. */
@Injectable()
export class PublicationGate {
  constructor(
    @Inject(POLICY) private readonly policy: Policy,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(QUESTIONS) private readonly questions: CurrentQuestions,
  ) {}

  async refuse(
    manager: EntityManager,
    request: ReleaseRequest,
    candidate: Candidate,
  ): Promise<Refusal | null> {
    const { tier } = request;
    const { reauditDays } = this.policy.lifecycle;
    const evaluation = await this.evaluation(manager, candidate);
    const refused = refusePublication({
      request,
      candidateHash: candidate.hash,
      storedOutcome: await this.storedOutcome(manager, request, evaluation),
      checksAreFresh: evaluation !== null && evaluation.evaluatedAt > this.daysAgo(reauditDays[tier]),
      recordedApprovers: await this.recordedApprovers(manager, request),
      approvalsNeeded: this.policy.approvals[tier],
      standing:
        tier !== 'HIGH' && this.policy.lifecycle.standingApproval[tier]
          ? await this.standing(manager, request)
          : null,
      isDoubted: request.linkKind === 'appeal' || (await wasQuestioned(manager, request.id)),
      policyHash: this.policy.hash,
      assessmentRefusal: await this.refuseUnassessed(manager, request),
    });
    return refused ?? refuseStopped(manager, request.mechanismId);
  }

  /** The signed assessment itself has to say what the request says of it, and still be what was signed. */
  private async refuseUnassessed(manager: EntityManager, request: ReleaseRequest): Promise<Refusal | null> {
    const [policyHash, questionsHash] = [this.policy.hash, this.questions.hash];
    const refused = refuseUnassessed({ request, policyHash, questionsHash });
    if (refused || request.tier !== 'HIGH') return refused;
    const { id: requestId, attempt, candidateHash } = request;
    const signed = await manager.findOne(Assessment, {
      where: { requestId, attempt, candidateHash: candidateHash ?? '', state: 'SIGNED' },
      order: { version: 'DESC' },
    });
    const isBorneOut =
      signed?.signedHash === request.assessment?.hash &&
      signed?.policyHash === policyHash &&
      signed.questionSetHash === questionsHash &&
      assessmentHash(signed.content) === signed.signedHash &&
      ![request.requesterId, request.operatorId, ...request.memberIds, ...request.recusedIds].includes(
        signed.signedById,
      );
    if (isBorneOut) return null;
    return refusal('DPIA_MISSING', 'The signed impact assessment is not what the request rests on.');
  }

  /** The last one under the policy in force. */
  private evaluation(manager: EntityManager, { requestId, hash }: Candidate): Promise<Evaluation | null> {
    return manager.findOne(Evaluation, {
      where: { requestId, candidateHash: hash, policyHash: this.policy.hash },
      order: { evaluatedAt: 'DESC' },
    });
  }

  /** A fail that two people waived counts as a review while it lasts. */
  private async storedOutcome(
    manager: EntityManager,
    request: ReleaseRequest,
    evaluation: Evaluation | null,
  ): Promise<string | null> {
    if (evaluation === null) return null;
    const stored = await storedChecks(manager, this.policy, request, evaluation);
    return outcomeWithWaivers(manager, stored, request, this.clock.now());
  }

  /** Those that still count, by people who may approve, and that the audit chain knows of. */
  private async recordedApprovers(manager: EntityManager, request: ReleaseRequest): Promise<number> {
    const barred = barredFromApproving(request);
    const approvals = await recordedApprovals(
      manager,
      request,
      this.daysAgo(this.policy.lifecycle.approvalDays),
    );
    return distinctIdentities(
      approvals.filter(
        ({ personId, onBehalfOfId }) => ![personId, onBehalfOfId ?? ''].some((id) => barred.includes(id)),
      ),
    );
  }

  private daysAgo(days: number): Date {
    return new Date(this.clock.now().getTime() - days * msPerDay);
  }

  /** The mechanism whose approval the request cites, if it is the one that made the candidate. */
  private standing(manager: EntityManager, request: ReleaseRequest): Promise<Mechanism | null> {
    const { standingMechanismId: id, mechanismId } = request;
    return id !== null && id === mechanismId ? manager.findOneBy(Mechanism, { id }) : Promise.resolve(null);
  }
}
