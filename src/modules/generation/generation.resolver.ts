import { Args, Context, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { In } from 'typeorm';
import { groupBy } from '../../core/collections/group-by.js';
import { type Actor, Caller } from '../identity/index.js';
import { Batch, Can, type GraphqlContext, type RefusalType, Transactions } from '../platform/index.js';
import { ReleaseRequest, RequestResult, toRequestResult } from '../requests/index.js';
import { CancellingService } from './cancelling.service.js';
import { Candidate } from './candidate.entity.js';
import { GenerationService } from './generation.service.js';

@Resolver(() => ReleaseRequest)
export class GenerationResolver {
  private readonly candidates = new Batch(async (ids) =>
    groupBy(
      await this.transactions.reader.findBy(Candidate, { requestId: In(ids) }),
      ({ requestId }) => requestId,
    ),
  );

  constructor(
    private readonly service: GenerationService,
    private readonly cancelling: CancellingService,
    private readonly transactions: Transactions,
  ) {}

  @Mutation(() => RequestResult, {
    description: 'Have the candidate of an agreed request made by a mechanism.',
  })
  @Can('generate', 'Request')
  async generateCandidate(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('mechanismId', { type: () => ID }) mechanismId: string,
    @Args('seed', {
      type: () => String,
      nullable: true,
      description: 'Without one it is drawn. Of tier HIGH it always is, and none is taken.',
    })
    seed: string | null,
    @Args('reason', {
      type: () => String,
      nullable: true,
      description: 'Why another candidate is needed; asked for from the second attempt on.',
    })
    reason: string | null,
  ): Promise<ReleaseRequest | RefusalType> {
    const choice = { mechanismId, seed: seed ?? null, reason: reason ?? null };
    return toRequestResult(await this.service.generate(actor, id, choice));
  }

  @Mutation(() => RequestResult, { description: 'Stop the generation or the checks that are running.' })
  @Can('cancel', 'Request')
  async cancelRequestJob(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<ReleaseRequest | RefusalType> {
    return toRequestResult(await this.cancelling.cancel(actor, id));
  }

  @ResolveField(() => Candidate, { nullable: true })
  async candidate(
    @Context() context: GraphqlContext,
    @Parent() request: ReleaseRequest,
  ): Promise<Candidate | null> {
    if (request.candidateHash === null) return null;
    const all = await this.candidates.of(context, request.id);
    return all?.find(({ attempt }) => attempt === request.attempt) ?? null;
  }
}
