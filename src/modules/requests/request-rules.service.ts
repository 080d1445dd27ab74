import { Inject, Injectable } from '@nestjs/common';
import type { Actor, HeldDelegation } from '../identity/index.js';
import type { Refusal } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { type CurrentQuestions, QUESTIONS } from '../questions/index.js';
import type { ReleaseRequest } from './request.entity.js';
import { refuseCommand } from './request.rules.js';
import type { RequestCommand } from './request.state.js';

/** The rules of a request under the policy and the questions in force. */
@Injectable()
export class RequestRules {
  constructor(
    @Inject(POLICY) private readonly policy: Policy,
    @Inject(QUESTIONS) private readonly questions: CurrentQuestions,
  ) {}

  /** `personId` null: the system. What the roles allow is asked before, elsewhere. */
  refuseNow(
    command: RequestCommand,
    request: ReleaseRequest,
    personId: string | null,
    delegation: HeldDelegation | null = null,
  ): Refusal | null {
    const delegatorId = delegation?.delegatorId ?? null;
    const [policyHash, questionsHash] = [this.policy.hash, this.questions.hash];
    const { attemptsMax } = this.policy.lifecycle;
    return refuseCommand(command, {
      ...{ request, personId, delegatorId },
      ...{ policyHash, questionsHash, attemptsMax },
    });
  }

  /** Why this person may not give the command, in their own right or for anybody who lets them. */
  refuseTo(actor: Actor, command: RequestCommand, request: ReleaseRequest): Refusal | null {
    const refused = actor.refuse(command, request);
    if (refused) return refused;
    if (actor.mayInOwnRight(command, request)) return this.refuseNow(command, request, actor.id);
    const answers = actor.delegations.map((one) => this.refuseNow(command, request, actor.id, one));
    return answers.includes(null) ? null : (answers[0] ?? null);
  }
}
