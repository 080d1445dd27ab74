import { Args, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Can, type RefusalType, Transactions } from '../platform/index.js';
import { ReleaseRequest, RequestResult, toRequestResult } from '../requests/index.js';
import { Candidate } from './candidate.entity.js';
import { GenerationService } from './generation.service.js';

@Resolver(() => ReleaseRequest)
export class GenerationResolver {
  constructor(
    private readonly service: GenerationService,
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
    @Args('seed', { type: () => String, nullable: true }) seed: string | null,
  ): Promise<ReleaseRequest | RefusalType> {
    return toRequestResult(await this.service.generate(actor, id, { mechanismId, seed: seed ?? null }));
  }

  @Mutation(() => RequestResult, { description: 'Stop the generation or the checks that are running.' })
  @Can('cancel', 'Request')
  async cancelRequestJob(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<ReleaseRequest | RefusalType> {
    return toRequestResult(await this.service.cancel(actor, id));
  }

  @ResolveField(() => Candidate, { nullable: true })
  candidate(@Parent() request: ReleaseRequest): Promise<Candidate | null> {
    if (request.candidateHash === null) return Promise.resolve(null);
    const { id: requestId, attempt } = request;
    return this.transactions.reader.findOneBy(Candidate, { requestId, attempt });
  }
}
