import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Transactions } from '../platform/index.js';
import { ReleaseRequest } from '../requests/index.js';
import { Evaluation } from './evaluation.entity.js';

@Resolver(() => ReleaseRequest)
export class EvaluationsResolver {
  constructor(private readonly transactions: Transactions) {}

  @ResolveField(() => Evaluation, {
    nullable: true,
    description: 'The checks of its candidate, as they ran last.',
  })
  evaluation(@Parent() request: ReleaseRequest): Promise<Evaluation | null> {
    if (request.candidateHash === null) return Promise.resolve(null);
    return this.transactions.reader.findOne(Evaluation, {
      where: { requestId: request.id, candidateHash: request.candidateHash },
      order: { evaluatedAt: 'DESC' },
    });
  }
}
