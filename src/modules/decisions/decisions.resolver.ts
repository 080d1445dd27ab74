import { Args, ArgsType, Field, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Can, type RefusalType, Transactions } from '../platform/index.js';
import { ReleaseRequest, RequestResult, type RequestCommand, toRequestResult } from '../requests/index.js';
import { Decision, ScoresType } from './decision.entity.js';
import type { Verdict } from './decision.rules.js';
import { DecisionsService } from './decisions.service.js';

@ArgsType()
class ReasonedArgs {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => String, { description: 'In words; it is kept with the decision.' })
  readonly reason!: string;
}

@ArgsType()
class EndorsementArgs extends ReasonedArgs {
  @Field(() => String, { description: 'Of the candidate you judged.' })
  readonly candidateHash!: string;

  @Field(() => ScoresType)
  readonly scores!: ScoresType;
}

@ArgsType()
class ApprovalArgs extends ReasonedArgs {
  @Field(() => String, { description: 'Of the candidate you judged.' })
  readonly candidateHash!: string;

  @Field(() => Boolean, { description: 'You have no conflict of interest.' })
  readonly declaresNoConflict!: boolean;
}

const nothingMore = { candidateHash: null, scores: null, declaresNoConflict: null };
type Answer = Promise<ReleaseRequest | RefusalType>;

@Resolver(() => ReleaseRequest)
export class DecisionsResolver {
  constructor(
    private readonly decisions: DecisionsService,
    private readonly transactions: Transactions,
  ) {}

  @Mutation(() => RequestResult, { description: 'The audit team finds the request feasible and worth it.' })
  @Can('agree', 'Request')
  agreeRequest(@Caller() actor: Actor, @Args() { id, reason }: ReasonedArgs): Answer {
    return this.decide(actor, id, 'agree', { ...nothingMore, reason });
  }

  @Mutation(() => RequestResult, {
    description: 'Give the request back to be improved; what was judged is void.',
  })
  @Can('return', 'Request')
  returnRequest(@Caller() actor: Actor, @Args() { id, reason }: ReasonedArgs): Answer {
    return this.decide(actor, id, 'return', { ...nothingMore, reason });
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
  approveRequest(@Caller() actor: Actor, @Args() { id, ...verdict }: ApprovalArgs): Answer {
    return this.decide(actor, id, 'approve', { ...nothingMore, ...verdict });
  }

  @Mutation(() => RequestResult, { description: 'Ask the evaluator to look again.' })
  @Can('query', 'Request')
  queryRequest(@Caller() actor: Actor, @Args() { id, reason }: ReasonedArgs): Answer {
    return this.decide(actor, id, 'query', { ...nothingMore, reason });
  }

  @Mutation(() => RequestResult, { description: 'Information governance refuses the release.' })
  @Can('reject', 'Request')
  rejectRequest(@Caller() actor: Actor, @Args() { id, reason }: ReasonedArgs): Answer {
    return this.decide(actor, id, 'reject', { ...nothingMore, reason });
  }

  @ResolveField(() => [Decision], { name: 'decisions', description: 'In the order they were made.' })
  madeOn(@Parent() request: ReleaseRequest): Promise<Decision[]> {
    return this.transactions.reader.find(Decision, {
      where: { requestId: request.id },
      order: { decidedAt: 'ASC' },
      take: 200,
    });
  }

  private async decide(actor: Actor, id: string, command: RequestCommand, verdict: Verdict): Answer {
    return toRequestResult(await this.decisions.decide(actor, id, command, verdict));
  }
}
