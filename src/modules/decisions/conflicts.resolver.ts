import { Args, Context, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Recusal, recusalsByKey } from '../conflicts/index.js';
import { type Actor, Caller } from '../identity/index.js';
import { Batch, Can, type GraphqlContext, type RefusalType, Transactions } from '../platform/index.js';
import { ReleaseRequest, RequestResult, toRequestResult } from '../requests/index.js';
import { ConflictsService } from './conflicts.service.js';

@Resolver(() => ReleaseRequest)
export class ConflictsResolver {
  private readonly recused = new Batch<Recusal[], GraphqlContext & { readonly actor: Actor }>(
    (ids, { actor }) => recusalsByKey(this.transactions.reader, actor, 'requestId', ids),
  );

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
  async recusals(
    @Caller() actor: Actor,
    @Context() { req }: GraphqlContext,
    @Parent() { id }: ReleaseRequest,
  ): Promise<Recusal[]> {
    return (await this.recused.of({ req, actor }, id)) ?? [];
  }
}
