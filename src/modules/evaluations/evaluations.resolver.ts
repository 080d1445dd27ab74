import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { In } from 'typeorm';
import { groupBy } from '../../core/collections/group-by.js';
import { type Actor, Caller } from '../identity/index.js';
import { Batch, type GraphqlContext, Transactions } from '../platform/index.js';
import { ReleaseRequest } from '../requests/index.js';
import { CheckType, Evaluation } from './evaluation.entity.js';

/** Figures tell of the real rows; they are for those who oversee a release and not for those who ask for one. */
function withoutFigures(evaluation: Evaluation): Evaluation {
  const checks = evaluation.checks.map((check) => Object.assign(new CheckType(), check, hidden));
  return Object.assign(new Evaluation(), evaluation, { checks });
}

const hidden = { value: null, explanation: 'Its figure is for those who oversee the release.' };

@Resolver(() => ReleaseRequest)
export class EvaluationsResolver {
  /** Newest first. */
  private readonly evaluations = new Batch(async (ids) =>
    groupBy(
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
    @Caller() actor: Actor,
    @Context() context: GraphqlContext,
    @Parent() request: ReleaseRequest,
  ): Promise<Evaluation | null> {
    if (request.candidateHash === null) return null;
    const all = await this.evaluations.of(context, request.id);
    const found = all?.find(({ candidateHash }) => candidateHash === request.candidateHash) ?? null;
    return found && !actor.mayEver('read', 'Assessment') ? withoutFigures(found) : found;
  }
}
