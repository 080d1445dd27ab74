import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Batch, type GraphqlContext, Job, Jobs, Transactions } from '../platform/index.js';
import { ReleaseRequest } from './request.entity.js';

/** Where a request stands: what is done on it. */
@Resolver(() => ReleaseRequest)
export class RequestStandingResolver {
  private readonly latestJobs = new Batch((ids) => this.jobs.latestForAll(this.transactions.reader, ids));

  constructor(
    private readonly jobs: Jobs,
    private readonly transactions: Transactions,
  ) {}

  @ResolveField(() => Job, { nullable: true, description: 'The work done on it now, or last.' })
  job(@Context() context: GraphqlContext, @Parent() request: ReleaseRequest): Promise<Job | null> {
    return this.latestJobs.of(context, request.id);
  }
}
