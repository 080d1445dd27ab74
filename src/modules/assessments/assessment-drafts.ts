import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { EvidenceService } from '../evidence/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { type CurrentQuestions, QUESTIONS, type QuestionSet } from '../questions/index.js';
import type { ReleaseRequest } from '../requests/index.js';
import { Assessment } from './assessment.entity.js';
import { prefilled } from './prefill.js';

type InForce = Pick<
  Assessment,
  'attempt' | 'candidateHash' | 'policyHash' | 'questionSet' | 'questionSetHash' | 'facts'
>;

/** What the records, the questions and the policy of this moment put into an assessment. */
@Injectable()
export class AssessmentDrafts {
  constructor(
    private readonly evidence: EvidenceService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
    @Inject(QUESTIONS) private readonly questions: CurrentQuestions,
  ) {}

  /** Null while there is no candidate that was checked. */
  async inForce(manager: EntityManager, request: ReleaseRequest): Promise<InForce | null> {
    const evidence = await this.evidence.gather(manager, request);
    if (!evidence) return null;
    return {
      attempt: request.attempt,
      candidateHash: evidence.candidate.hash,
      policyHash: this.policy.hash,
      questionSet: this.questions.set,
      questionSetHash: this.questions.hash,
      facts: prefilled(evidence),
    };
  }

  /** The draft of the request filled in anew, or a new version. Not saved; null while there is nothing to assess. */
  async draftOf(
    manager: EntityManager,
    request: ReleaseRequest,
    actor: Actor,
    forMechanism: boolean,
  ): Promise<Assessment | null> {
    const now = await this.inForce(manager, request);
    if (!now) return null;
    const last = await manager.findOne(Assessment, {
      where: { requestId: request.id },
      order: { version: 'DESC' },
    });
    const draft = last?.state === 'DRAFT' ? last : this.newVersion(request, actor, last);
    const mechanismId = forMechanism ? request.mechanismId : null;
    Object.assign(draft, now, { mechanismId, changedAt: this.clock.now() });
    draft.answers = inOrder(draft.questionSet, draft.answers);
    return draft;
  }

  private newVersion(request: ReleaseRequest, actor: Actor, last: Assessment | null): Assessment {
    return Object.assign(new Assessment(), {
      requestId: request.id,
      version: (last?.version ?? 0) + 1,
      state: 'DRAFT' as const,
      // What was said in the last version is where the next one starts.
      answers: last?.answers ?? [],
      risks: last?.risks ?? [],
      createdById: actor.id,
      createdAt: this.clock.now(),
      signedById: null,
      signedAt: null,
      signedHash: null,
    });
  }
}

/** In the order of the questions; answers to questions that are no longer asked are left out. */
export function inOrder<Given extends { readonly question: string }>(
  set: QuestionSet,
  answers: readonly Given[],
): Given[] {
  const ids = set.sections.flatMap(({ questions }) => questions.map(({ id }) => id));
  return ids.flatMap((id) => answers.filter(({ question }) => question === id));
}
