import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Batch, type GraphqlContext, Transactions } from '../platform/index.js';
import { ReleaseRequest } from '../requests/index.js';
import { EndorsementType } from './decision.entity.js';
import { EndorsementSummaries } from './endorsement-summaries.js';

/** What information governance reads before it decides. */
@Resolver(() => ReleaseRequest)
export class EndorsementsResolver {
  private readonly endorsements = new Batch((ids) => this.summaries.made(this.transactions.reader, ids));

  constructor(
    private readonly summaries: EndorsementSummaries,
    private readonly transactions: Transactions,
  ) {}

  @ResolveField(() => EndorsementType, {
    nullable: true,
    description: 'The endorsement that stands, with the paragraph for information governance.',
  })
  async endorsement(
    @Context() context: GraphqlContext,
    @Parent() request: ReleaseRequest,
  ): Promise<EndorsementType | null> {
    const made = (await this.endorsements.of(context, request.id)) ?? [];
    return this.summaries.standing(made, request)?.endorsement ?? null;
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'A summary made from the records, for the evaluator to read, edit and endorse.',
  })
  async proposedSummary(@Caller() actor: Actor, @Parent() request: ReleaseRequest): Promise<string | null> {
    if (!actor.may('endorse', request)) return null;
    return this.summaries.proposed(this.transactions.reader, request);
  }
}
