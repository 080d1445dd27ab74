import { Args, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { In, IsNull, Not } from 'typeorm';
import { Recusal, recusalsOf } from '../conflicts/index.js';
import { type Actor, Caller } from '../identity/index.js';
import { Can, type RefusalType, Transactions } from '../platform/index.js';
import { ProfileConflictsService } from './profile-conflicts.service.js';
import { SourceProfile } from './profile.entity.js';
import { profilesOfSource } from './source-recusals.js';
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
  async recusals(
    @Caller() actor: Actor,
    @Parent() { sourceId, recusedIds }: SourceProfile,
  ): Promise<Recusal[]> {
    const { reader } = this.transactions;
    const profileId = In(await profilesOfSource(reader, sourceId));
    return recusalsOf(reader, actor, [
      { profileId, personId: In(recusedIds), withdrawnAt: IsNull() },
      { profileId, withdrawnAt: Not(IsNull()) },
    ]);
  }
}
