import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Batch, type GraphqlContext, Job, Jobs, RefusalType, Transactions } from '../platform/index.js';
import { AllowedAction } from './allowed-action.type.js';
import { RequestRules } from './request-rules.service.js';
import { ReleaseRequest } from './request.entity.js';
import { commandsFrom } from './request.state.js';

/** Where a request stands: what is done on it, and what may be. */
@Resolver(() => ReleaseRequest)
export class RequestStandingResolver {
  private readonly latestJobs = new Batch((ids) => this.jobs.latestForAll(this.transactions.reader, ids));

  constructor(
    private readonly rules: RequestRules,
    private readonly jobs: Jobs,
    private readonly transactions: Transactions,
  ) {}

  @ResolveField(() => [AllowedAction], { description: 'What you may do with the request now, and why not.' })
  allowedActions(@Caller() actor: Actor, @Parent() request: ReleaseRequest): AllowedAction[] {
    return commandsFrom(request.state).map((command) => {
      const refused = this.rules.refuseTo(actor, command, request);
      return new AllowedAction(command, refused && new RefusalType(refused));
    });
  }

  @ResolveField(() => Job, { nullable: true, description: 'The work done on it now, or last.' })
  job(@Context() context: GraphqlContext, @Parent() request: ReleaseRequest): Promise<Job | null> {
    return this.latestJobs.of(context, request.id);
  }
}
