import { Args, Context, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { In } from 'typeorm';
import { Recusal, recusalsAbout, type SeenRecusal } from '../conflicts/index.js';
import { type Actor, Caller } from '../identity/index.js';
import { Batch, Can, type GraphqlContext, type RefusalType, Transactions } from '../platform/index.js';
import { ProfileConflictsService } from './profile-conflicts.service.js';
import { SourceProfile } from './profile.entity.js';
import { profilesOfSources } from './source-recusals.js';
import { ProfileResult, toProfileResult } from './profile-result.js';

@Resolver(() => SourceProfile)
export class ProfileConflictsResolver {
  /** By source: of all its profiles. */
  private readonly recused = new Batch<SeenRecusal[], GraphqlContext & { readonly actor: Actor }>(
    async (sourceIds, { actor }) => {
      const { reader } = this.transactions;
      const profiles = await profilesOfSources(reader, sourceIds);
      const seen = await recusalsAbout(reader, actor, { profileId: In([...profiles.values()].flat()) });
      return new Map(
        [...profiles].map(([sourceId, ids]) => [
          sourceId,
          seen.filter(({ declared: { profileId } }) => profileId !== null && ids.includes(profileId)),
        ]),
      );
    },
  );

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
    @Context() { req }: GraphqlContext,
    @Parent() { sourceId, recusedIds }: SourceProfile,
  ): Promise<Recusal[]> {
    const seen = (await this.recused.of({ req, actor }, sourceId)) ?? [];
    return seen
      .filter(({ declared }) => declared.withdrawnAt !== null || recusedIds.includes(declared.personId))
      .map(({ recusal }) => recusal);
  }
}
