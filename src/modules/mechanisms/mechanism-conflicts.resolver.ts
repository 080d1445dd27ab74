import { Args, Context, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Recusal, recusalsByKey } from '../conflicts/index.js';
import { type Actor, Caller } from '../identity/index.js';
import { Batch, Can, type GraphqlContext, RefusalType, Transactions } from '../platform/index.js';
import { MechanismConflictsService } from './mechanism-conflicts.service.js';
import { Mechanism } from './mechanism.entity.js';
import { MechanismResult } from './mechanism-result.js';

@Resolver(() => Mechanism)
export class MechanismConflictsResolver {
  private readonly recused = new Batch<Recusal[], GraphqlContext & { readonly actor: Actor }>(
    (ids, { actor }) => recusalsByKey(this.transactions.reader, actor, 'mechanismId', ids),
  );

  constructor(
    private readonly conflicts: MechanismConflictsService,
    private readonly transactions: Transactions,
  ) {}

  @Mutation(() => MechanismResult, {
    description: 'You have a conflict of interest: from now on others judge this mechanism.',
  })
  @Can('recuse', 'Mechanism')
  async declareMechanismConflict(
    @Caller() actor: Actor,
    @Args('mechanismId', { type: () => ID }) id: string,
    @Args('statement', { type: () => String, description: 'For yourself and for auditors.' })
    statement: string,
  ): Promise<Mechanism | RefusalType> {
    const answer = await this.conflicts.declare(actor, id, statement);
    return answer instanceof Mechanism ? answer : new RefusalType(answer);
  }

  @ResolveField(() => [Recusal])
  async recusals(
    @Caller() actor: Actor,
    @Context() { req }: GraphqlContext,
    @Parent() { id }: Mechanism,
  ): Promise<Recusal[]> {
    return (await this.recused.of({ req, actor }, id)) ?? [];
  }
}
