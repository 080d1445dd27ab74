import { Args, ArgsType, Field, ID, Int, Mutation, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Can, type RefusalType } from '../platform/index.js';
import { ReleaseRequest, RequestResult, type RequestCommand, toRequestResult } from '../requests/index.js';
import { EndorsementInput, ScoresType } from './decision.entity.js';
import type { Verdict } from './decision.rules.js';
import { DecisionsService } from './decisions.service.js';
import { WaiversService } from './waivers.service.js';

@ArgsType()
class ReasonedArgs {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => String, { description: 'In words; it is kept with the decision.' })
  readonly reason!: string;
}

@ArgsType()
class DelegableArgs extends ReasonedArgs {
  @Field(() => ID, {
    nullable: true,
    description: 'The person in whose stead you decide, where several let you.',
  })
  readonly asDelegateOf!: string | null;
}

@ArgsType()
class AgreementArgs {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => String, { description: 'Why the request can be met; it is kept with the decision.' })
  readonly feasibility!: string;

  @Field(() => String, { description: 'What it is good for; it is kept with the decision.' })
  readonly impact!: string;

  @Field(() => Int, { nullable: true, description: 'Of the form you read; another one is not agreed to.' })
  readonly revision!: number | null | undefined;
}

@ArgsType()
class EndorsementArgs extends ReasonedArgs {
  @Field(() => String, { description: 'Of the candidate you judged.' })
  readonly candidateHash!: string;

  @Field(() => ScoresType)
  readonly scores!: ScoresType;

  @Field(() => EndorsementInput, { description: 'In words, for each score and for the release.' })
  readonly endorsement!: EndorsementInput;
}

@ArgsType()
class WaiverArgs extends ReasonedArgs {
  @Field(() => [String], { description: 'Names of failed checks.' })
  readonly checks!: string[];

  @Field(() => Date)
  readonly expiresAt!: Date;
}

@ArgsType()
class ApprovalArgs extends DelegableArgs {
  @Field(() => String, { description: 'Of the candidate you judged.' })
  readonly candidateHash!: string;

  @Field(() => Boolean, { description: 'You have no conflict of interest.' })
  readonly declaresNoConflict!: boolean;

  @Field(() => Int, {
    nullable: true,
    description:
      'Of the request when you read its endorsement; where it was endorsed again nothing is approved.',
  })
  readonly reviewRound!: number | null | undefined;
}

const nothingMore = {
  ...{ candidateHash: null, declaresNoConflict: null },
  ...{ scores: null, endorsement: null, agreement: null, revision: null, reviewRound: null },
};
type Answer = Promise<ReleaseRequest | RefusalType>;

@Resolver(() => ReleaseRequest)
export class DecisionsResolver {
  constructor(
    private readonly decisions: DecisionsService,
    private readonly waiving: WaiversService,
  ) {}

  @Mutation(() => RequestResult, { description: 'The audit team finds the request feasible and worth it.' })
  @Can('agree', 'Request')
  agreeRequest(@Caller() actor: Actor, @Args() { id, revision, ...agreement }: AgreementArgs): Answer {
    const reason = `${agreement.feasibility} ${agreement.impact}`;
    return this.decide(actor, id, 'agree', { ...nothingMore, reason, agreement, revision: revision ?? null });
  }

  @Mutation(() => RequestResult, {
    description: 'Give the request back to be improved; what was judged is void.',
  })
  @Can('return', 'Request')
  returnRequest(@Caller() actor: Actor, @Args() { id, ...verdict }: DelegableArgs): Answer {
    return this.decide(actor, id, 'return', { ...nothingMore, ...verdict });
  }

  @Mutation(() => RequestResult, { description: 'The audit team turns the request down.' })
  @Can('decline', 'Request')
  declineRequest(@Caller() actor: Actor, @Args() { id, reason }: ReasonedArgs): Answer {
    return this.decide(actor, id, 'decline', { ...nothingMore, reason });
  }

  @Mutation(() => RequestResult, { description: 'Discard the candidate; another one has to be generated.' })
  @Can('rework', 'Request')
  reworkRequest(@Caller() actor: Actor, @Args() { id, reason }: ReasonedArgs): Answer {
    return this.decide(actor, id, 'rework', { ...nothingMore, reason });
  }

  @Mutation(() => RequestResult, { description: 'The evaluator stands by the evidence.' })
  @Can('endorse', 'Request')
  endorseRequest(@Caller() actor: Actor, @Args() { id, ...verdict }: EndorsementArgs): Answer {
    return this.decide(actor, id, 'endorse', { ...nothingMore, ...verdict });
  }

  @Mutation(() => RequestResult, { description: 'Information governance lets the candidate be published.' })
  @Can('approve', 'Request')
  approveRequest(@Caller() actor: Actor, @Args() { id, reviewRound, ...verdict }: ApprovalArgs): Answer {
    return this.decide(actor, id, 'approve', {
      ...nothingMore,
      ...verdict,
      reviewRound: reviewRound ?? null,
    });
  }

  @Mutation(() => RequestResult, { description: 'Ask the evaluator to look again.' })
  @Can('query', 'Request')
  queryRequest(@Caller() actor: Actor, @Args() { id, ...verdict }: DelegableArgs): Answer {
    return this.decide(actor, id, 'query', { ...nothingMore, ...verdict });
  }

  @Mutation(() => RequestResult, { description: 'Information governance refuses the release.' })
  @Can('reject', 'Request')
  rejectRequest(@Caller() actor: Actor, @Args() { id, ...verdict }: DelegableArgs): Answer {
    return this.decide(actor, id, 'reject', { ...nothingMore, ...verdict });
  }

  @Mutation(() => RequestResult, {
    description: 'The audit team ends the request; its candidate is destroyed.',
  })
  @Can('close', 'Request')
  closeRequest(@Caller() actor: Actor, @Args() { id, reason }: ReasonedArgs): Answer {
    return this.decide(actor, id, 'close', { ...nothingMore, reason });
  }

  @Mutation(() => RequestResult, {
    description: 'Have the same candidate checked again; what was said of it is void.',
  })
  @Can('recheck', 'Request')
  recheckRequest(@Caller() actor: Actor, @Args() { id, reason }: ReasonedArgs): Answer {
    return this.decide(actor, id, 'recheck', { ...nothingMore, reason });
  }

  @Mutation(() => RequestResult, {
    description: 'Let failed checks pass, for a time. It takes two people of the audit team.',
  })
  @Can('waive', 'Request')
  async waiveChecks(@Caller() actor: Actor, @Args() { id, ...input }: WaiverArgs): Answer {
    return toRequestResult(await this.waiving.waive(actor, id, input));
  }

  private async decide(
    actor: Actor,
    id: string,
    command: RequestCommand,
    verdict: Verdict & { asDelegateOf?: string | null },
  ): Answer {
    return toRequestResult(await this.decisions.decide(actor, id, command, verdict));
  }
}
