import { Context, Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import {
  Batch,
  type GraphqlContext,
  Can,
  Job,
  Jobs,
  type RefusalType,
  Transactions,
} from '../platform/index.js';
import { StatisticDecisionType } from './added-statistic.type.js';
import { ProfileColumn, toProfileColumn } from './profile-column.type.js';
import { SourceProfile } from './profile.entity.js';
import { DisclosureReviewType, toReviewType } from './disclosure-review.type.js';
import { ProfileResult, toProfileResult } from './profile-result.js';
import { ProfileReviews } from './profile-reviews.js';
import { ProfileSigningService } from './profile-signing.service.js';
import { StricterControlInput, stricterControlOf } from './stricter-control.input.js';
import { ProfilesService } from './profiles.service.js';

/** Until it is signed, a profile has not left the real zone: its custodians and its signers read it. */
const mayReadFigures = (actor: Actor, profile: SourceProfile): boolean =>
  profile.state === 'SIGNED' || actor.may('create', profile) || actor.may('sign', profile);

@Resolver(() => SourceProfile)
export class ProfilesResolver {
  private readonly latestJobs = new Batch((ids) => this.jobs.latestForAll(this.transactions.reader, ids));

  constructor(
    private readonly profiles: ProfilesService,
    private readonly signing: ProfileSigningService,
    private readonly reviews: ProfileReviews,
    private readonly jobs: Jobs,
    private readonly transactions: Transactions,
  ) {}

  @Query(() => SourceProfile, { nullable: true })
  @Can('read', 'Profile')
  profile(@Args('id', { type: () => ID }) id: string): Promise<SourceProfile | null> {
    return this.profiles.find(id);
  }

  @Query(() => [SourceProfile], { name: 'profiles', description: 'Newest first.' })
  @Can('read', 'Profile')
  list(@Args('sourceId', { type: () => ID }) sourceId: string): Promise<SourceProfile[]> {
    return this.profiles.listFor(sourceId);
  }

  @Mutation(() => ProfileResult, { description: 'Have a source summarised under disclosure control.' })
  @Can('create', 'Profile')
  async requestProfile(
    @Caller() actor: Actor,
    @Args('sourceId', { type: () => ID }) sourceId: string,
    @Args('stricter', { type: () => StricterControlInput, nullable: true })
    stricter: StricterControlInput | null,
  ): Promise<SourceProfile | RefusalType> {
    return toProfileResult(await this.profiles.request(actor, sourceId, stricterControlOf(stricter)));
  }

  @Mutation(() => ProfileResult, {
    description: 'Let a profile leave the real zone. `hash` is that of the profile you read.',
  })
  @Can('sign', 'Profile')
  async signProfile(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('hash', { type: () => String }) hash: string,
    @Args('statistics', {
      type: () => [StatisticDecisionType],
      defaultValue: [],
      description: 'One for each statistic that the review lists as added.',
    })
    statistics: StatisticDecisionType[],
  ): Promise<SourceProfile | RefusalType> {
    return toProfileResult(await this.signing.sign(actor, id, { hash, statistics }));
  }

  @Mutation(() => ProfileResult)
  @Can('cancel', 'Profile')
  async cancelProfile(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<SourceProfile | RefusalType> {
    return toProfileResult(await this.profiles.cancel(actor, id));
  }

  @ResolveField(() => [ProfileColumn], { nullable: true })
  columns(@Caller() actor: Actor, @Parent() profile: SourceProfile): ProfileColumn[] | null {
    if (!mayReadFigures(actor, profile)) return null;
    return profile.content?.columns.map(toProfileColumn) ?? null;
  }

  @ResolveField(() => DisclosureReviewType, {
    nullable: true,
    description:
      'What it gives away, alone and with what was signed of the source before. For those who sign.',
  })
  async review(
    @Caller() actor: Actor,
    @Parent() profile: SourceProfile,
  ): Promise<DisclosureReviewType | null> {
    if (!actor.may('sign', profile)) return null;
    const review = await this.reviews.review(this.transactions.reader, profile);
    return review && toReviewType(review);
  }

  @ResolveField(() => Job, { nullable: true })
  job(@Context() context: GraphqlContext, @Parent() profile: SourceProfile): Promise<Job | null> {
    return this.latestJobs.of(context, profile.id);
  }
}
