import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Transactions } from '../platform/index.js';
import { ReleaseRequest } from '../requests/index.js';
import { EndorsementType } from './decision.entity.js';
import { EndorsementSummaries } from './endorsement-summaries.js';

/** What information governance reads before it decides. */
@Resolver(() => ReleaseRequest)
export class EndorsementsResolver {
  constructor(
    private readonly summaries: EndorsementSummaries,
    private readonly transactions: Transactions,
  ) {}

  @ResolveField(() => EndorsementType, {
    nullable: true,
    description: 'The endorsement that stands, with the paragraph for information governance.',
  })
  async endorsement(@Parent() request: ReleaseRequest): Promise<EndorsementType | null> {
    const decision = await this.summaries.standing(this.transactions.reader, request);
    return decision?.endorsement ?? null;
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
