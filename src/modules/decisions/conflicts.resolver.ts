import { Args, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Recusal, recusalsOf } from '../conflicts/index.js';
import { type Actor, Caller } from '../identity/index.js';
import { Can, type RefusalType, Transactions } from '../platform/index.js';
import { ReleaseRequest, RequestResult, toRequestResult } from '../requests/index.js';
import { ConflictsService } from './conflicts.service.js';

@Resolver(() => ReleaseRequest)
export class ConflictsResolver {
  constructor(
    private readonly conflicts: ConflictsService,
    private readonly transactions: Transactions,
  ) {}

  @Mutation(() => RequestResult, {
    description: 'You have a conflict of interest: from now on others decide on this request.',
  })
  @Can('recuse', 'Request')
  async declareConflict(
    @Caller() actor: Actor,
    @Args('requestId', { type: () => ID }) id: string,
    @Args('statement', { type: () => String, description: 'For yourself and for auditors.' })
    statement: string,
  ): Promise<ReleaseRequest | RefusalType> {
    return toRequestResult(await this.conflicts.declare(actor, id, statement));
  }

  @ResolveField(() => [Recusal])
  recusals(@Caller() actor: Actor, @Parent() { id: requestId }: ReleaseRequest): Promise<Recusal[]> {
    return recusalsOf(this.transactions.reader, actor, { requestId });
  }
}
