import { Args, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type Actor, Caller, namesOf } from '../identity/index.js';
import { Can, type RefusalType, Transactions } from '../platform/index.js';
import { ReleaseRequest, RequestResult, toRequestResult } from '../requests/index.js';
import { ConflictOfInterest } from './conflict.entity.js';
import { ConflictsService } from './conflicts.service.js';
import { Recusal } from './recusal.type.js';

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
  async recusals(@Caller() actor: Actor, @Parent() { id: requestId }: ReleaseRequest): Promise<Recusal[]> {
    const { reader } = this.transactions;
    const declared = await reader.find(ConflictOfInterest, {
      where: { requestId },
      order: { declaredAt: 'ASC' },
      take: 200,
    });
    const names = await namesOf(
      reader,
      declared.map(({ personId }) => personId),
    );
    return declared.map((one) => {
      const isShown = one.personId === actor.id || actor.may('read', one);
      return new Recusal(names.get(one.personId) ?? '', one.declaredAt, isShown ? one.statement : null);
    });
  }
}
