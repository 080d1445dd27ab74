import { Args, Context, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Batch, Can, type GraphqlContext, type RefusalType } from '../platform/index.js';
import { ReleaseRequest } from './request.entity.js';
import { RequestRevision } from './request-revision.entity.js';
import { RequestResult, toRequestResult } from './request-result.js';
import { SubmissionsService } from './submissions.service.js';

@Resolver(() => ReleaseRequest)
export class SubmissionsResolver {
  private readonly submitted = new Batch((ids) => this.submissions.revisionsOf(ids));

  constructor(private readonly submissions: SubmissionsService) {}

  @Mutation(() => RequestResult)
  @Can('submit', 'Request')
  async submitRequest(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<ReleaseRequest | RefusalType> {
    return toRequestResult(await this.submissions.submit(actor, id, 'submit'));
  }

  @Mutation(() => RequestResult, { description: 'Submit a returned request again, as a new revision.' })
  @Can('resubmit', 'Request')
  async resubmitRequest(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<ReleaseRequest | RefusalType> {
    return toRequestResult(await this.submissions.submit(actor, id, 'resubmit'));
  }

  @ResolveField(() => [RequestRevision], {
    description: 'The form each time it was submitted, oldest first.',
  })
  async revisions(
    @Context() context: GraphqlContext,
    @Parent() { id }: ReleaseRequest,
  ): Promise<RequestRevision[]> {
    return (await this.submitted.of(context, id)) ?? [];
  }
}
