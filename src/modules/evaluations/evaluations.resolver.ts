import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { In } from 'typeorm';
import { Batch, type GraphqlContext, grouped, Transactions } from '../platform/index.js';
import { ReleaseRequest } from '../requests/index.js';
import { Evaluation } from './evaluation.entity.js';

@Resolver(() => ReleaseRequest)
export class EvaluationsResolver {
  /** Newest first. */
  private readonly evaluations = new Batch(async (ids) =>
    grouped(
      await this.transactions.reader.find(Evaluation, {
        where: { requestId: In(ids) },
        order: { evaluatedAt: 'DESC' },
      }),
      ({ requestId }) => requestId,
    ),
  );

  constructor(private readonly transactions: Transactions) {}

  @ResolveField(() => Evaluation, {
    nullable: true,
    description: 'The checks of its candidate, as they ran last.',
  })
  async evaluation(
    @Context() context: GraphqlContext,
    @Parent() request: ReleaseRequest,
  ): Promise<Evaluation | null> {
    if (request.candidateHash === null) return null;
    const all = await this.evaluations.of(context, request.id);
    return all?.find(({ candidateHash }) => candidateHash === request.candidateHash) ?? null;
  }
}
