import { Args, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Recusal, recusalsOf } from '../conflicts/index.js';
import { type Actor, Caller } from '../identity/index.js';
import { Can, type RefusalType, Transactions } from '../platform/index.js';
import { ProfileConflictsService } from './profile-conflicts.service.js';
import { SourceProfile } from './profile.entity.js';
import { ProfileResult, toProfileResult } from './profile-result.js';

@Resolver(() => SourceProfile)
export class ProfileConflictsResolver {
  constructor(
    private readonly conflicts: ProfileConflictsService,
    private readonly transactions: Transactions,
  ) {}

  @Mutation(() => ProfileResult, {
    description: 'You have a conflict of interest: others sign this profile.',
  })
  @Can('recuse', 'Profile')
  async declareProfileConflict(
    @Caller() actor: Actor,
    @Args('profileId', { type: () => ID }) id: string,
    @Args('statement', { type: () => String, description: 'For yourself and for auditors.' })
    statement: string,
  ): Promise<SourceProfile | RefusalType> {
    return toProfileResult(await this.conflicts.declare(actor, id, statement));
  }

  @ResolveField(() => [Recusal])
  recusals(@Caller() actor: Actor, @Parent() { id }: SourceProfile): Promise<Recusal[]> {
    return recusalsOf(this.transactions.reader, actor, { profileId: id });
  }
}
