import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { ReleaseRequest } from '../requests/index.js';
import { type Answer, assessmentHash, type RiskJudgement } from './assessment-content.js';
import { AssessmentDrafts, inOrder } from './assessment-drafts.js';
import { Assessment } from './assessment.entity.js';
import {
  refuseAnswers,
  refuseSigning,
  refuseStale,
  refuseWriter,
  refuseWriting,
} from './assessment.rules.js';

interface Found {
  readonly assessment: Assessment;
  readonly request: ReleaseRequest;
}

interface Step {
  readonly action: string;
  /** Refuses, or changes what was found; saved is what it leaves. */
  readonly take: (manager: EntityManager, found: Found) => Promise<Refusal | null> | Refusal | null;
  readonly details?: object;
}

const noCandidate = refusal('CHECKS_NOT_PASSED', 'There is no candidate that was checked.');

/** Writing and signing assessments. Each step locks the request first, as everything does that decides on it. */
@Injectable()
export class AssessmentsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly drafts: AssessmentDrafts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  find(id: string): Promise<Assessment | null> {
    return this.transactions.reader.findOneBy(Assessment, { id });
  }

  /** The draft of the request with its facts filled in anew; a new version when there is none. */
  open(
    actor: Actor,
    requestId: string,
    { forMechanism }: { readonly forMechanism: boolean },
  ): Promise<Assessment | Refusal> {
    return this.transactions.run(async (manager) => {
      const request = await lockRequest(manager, requestId);
      if (!request) return refusal('NOT_FOUND', 'There is no such request.', requestId);
      const refused =
        refuseWriting({ state: 'DRAFT', request }) ??
        refuseWriter(request, actor.id) ??
        refuseMechanism(request, forMechanism);
      const opened =
        refused ?? (await this.drafts.draftOf(manager, request, actor, forMechanism)) ?? noCandidate;
      if (opened instanceof Assessment) await manager.save(opened);
      await this.record(manager, actor, {
        action: 'open-assessment',
        result: opened,
        details: { requestId },
      });
      return opened;
    });
  }

  /** Answers replace those to the same questions; risks, when given, replace all risks. */
  answer(
    actor: Actor,
    id: string,
    given: {
      readonly answers: readonly Answer[];
      readonly risks: readonly RiskJudgement[] | null;
      /** Of what was read; null where the person does not say. */
      readonly hash: string | null;
    },
  ): Promise<Assessment | Refusal> {
    const { answers } = given;
    return this.change(actor, id, {
      action: 'answer-assessment',
      take: (_, { assessment, request }) => {
        const risks = given.risks ?? assessment.risks;
        const refused =
          refuseWriting({ state: assessment.state, request }) ??
          refuseWriter(request, actor.id) ??
          refuseStale(assessment, given.hash) ??
          refuseAnswers(assessment.questionSet, answers, risks);
        if (refused) return refused;
        const isKept = ({ question }: Answer): boolean => !answers.some((one) => one.question === question);
        const all = [...assessment.answers.filter(isKept), ...answers];
        assessment.answers = inOrder(assessment.questionSet, all);
        assessment.risks = risks.map((risk) => ({ ...risk }));
        assessment.changedAt = this.clock.now();
        return null;
      },
    });
  }

  /** `hash` is what the signer read: an assessment that says something else by now is not signed. */
  sign(actor: Actor, id: string, hash: string): Promise<Assessment | Refusal> {
    return this.change(actor, id, {
      action: 'sign-assessment',
      details: { hash },
      take: async (manager, found) => {
        const refused = await this.refuseSigning(manager, actor, found, hash);
        if (refused) return refused;
        const { assessment, request } = found;
        const signedAt = this.clock.now();
        Object.assign(assessment, { state: 'SIGNED', signedById: actor.id, signedAt, signedHash: hash });
        const { version, attempt, candidateHash, policyHash, questionSetHash: questionsHash } = assessment;
        request.assessment = { id, version, hash, attempt, candidateHash, policyHash, questionsHash };
        await manager.save(request);
        return null;
      },
    });
  }

  private change(actor: Actor, id: string, step: Step): Promise<Assessment | Refusal> {
    return this.transactions.run(async (manager) => {
      const found = await lockFound(manager, id);
      if (!found) return refusal('NOT_FOUND', 'There is no such assessment.', id);
      const refused = await step.take(manager, found);
      if (!refused) await manager.save(found.assessment);
      const result = refused ?? found.assessment;
      await this.record(manager, actor, { ...step, id, result });
      return result;
    });
  }

  private async refuseSigning(
    manager: EntityManager,
    actor: Actor,
    { assessment, request }: Found,
    hashRead: string,
  ): Promise<Refusal | null> {
    const { state, content } = assessment;
    const now = state === 'DRAFT' ? await this.drafts.inForce(manager, request) : {};
    if (!now) return noCandidate;
    const hashNow = assessmentHash({ ...content, ...now });
    return refuseSigning({ state, request, hashNow, hashRead }, content, actor.id);
  }

  private record(
    manager: EntityManager,
    actor: Actor,
    step: {
      readonly action: string;
      readonly id?: string;
      readonly result: Assessment | Refusal;
      readonly details?: object;
    },
  ): Promise<void> {
    const done = step.result instanceof Assessment ? step.result : null;
    const about = done && { version: done.version, candidateHash: done.candidateHash };
    return this.audit.record(manager, {
      actor,
      action: step.action,
      subjectType: 'Assessment',
      subjectId: done?.id ?? step.id ?? null,
      refusal: step.result instanceof Assessment ? null : step.result,
      details: { ...step.details, ...about },
    });
  }
}

function lockRequest(manager: EntityManager, id: string): Promise<ReleaseRequest | null> {
  return manager.findOne(ReleaseRequest, { where: { id }, lock: { mode: 'pessimistic_write' } });
}

async function lockFound(manager: EntityManager, id: string): Promise<Found | null> {
  const known = await manager.findOneBy(Assessment, { id });
  const request = known && (await lockRequest(manager, known.requestId));
  // Read again under the lock: somebody may have written meanwhile.
  const assessment = request && (await manager.findOneBy(Assessment, { id }));
  return assessment && { assessment, request };
}

/** The mechanism of tier HIGH is not approved once and for all, so no assessment speaks for it. */
function refuseMechanism({ tier }: ReleaseRequest, forMechanism: boolean): Refusal | null {
  if (!forMechanism || tier !== 'HIGH') return null;
  return refusal('UNSUPPORTED_TIER', 'Each release of tier HIGH is assessed on its own.', 'forMechanism');
}
