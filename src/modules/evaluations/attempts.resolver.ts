import { Context, Field, ID, Int, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { groupBy } from '../../core/collections/group-by.js';
import type { CheckStatus } from '../../evaluation/check.js';
import { type Actor, Caller } from '../identity/index.js';
import { Batch, type GraphqlContext, Transactions } from '../platform/index.js';
import { ReleaseRequest } from '../requests/index.js';
import { type AttemptRecord, attemptsOf } from './attempt-history.js';
import { CheckStatusEnum } from './evaluation.entity.js';

@ObjectType({ description: 'One attempt at a candidate and what came of it.' })
class GenerationAttempt implements AttemptRecord {
  @Field(() => ID)
  readonly requestId!: string;

  @Field(() => String, { description: 'Of the request it was made for.' })
  readonly reference!: string;

  @Field(() => Int)
  readonly attempt!: number;

  @Field(() => String)
  readonly mechanismHash!: string;

  @Field(() => String)
  readonly seed!: string;

  @Field(() => Boolean, { description: 'The program drew the seed; otherwise the operator chose it.' })
  readonly isDrawn!: boolean;

  @Field(() => String, { nullable: true, description: 'Why another candidate was needed.' })
  readonly reason!: string | null;

  @Field(() => Date)
  readonly startedAt!: Date;

  @Field(() => String, {
    nullable: true,
    description: 'Null: the generation has not ended with a candidate.',
  })
  readonly candidateHash!: string | null;

  @Field(() => CheckStatusEnum, { nullable: true, description: 'Of its checks as they ran last.' })
  readonly outcome!: CheckStatus | null;

  @Field(() => [String], { description: 'Names of whatever failed in any run of its checks.' })
  readonly failedChecks!: readonly string[];
}

@Resolver(() => ReleaseRequest)
export class AttemptsResolver {
  private readonly histories = new Batch(async (ids) =>
    groupBy(await attemptsOf(this.transactions.reader, ids), ({ ofId }) => ofId),
  );

  constructor(private readonly transactions: Transactions) {}

  @ResolveField(() => [GenerationAttempt], {
    description:
      'All attempts at its candidate, oldest first. Of tier HIGH those who oversee it see what the same mechanism made for other requests as well.',
  })
  async attempts(
    @Caller() actor: Actor,
    @Context() context: GraphqlContext,
    @Parent() request: ReleaseRequest,
  ): Promise<AttemptRecord[]> {
    const all = (await this.histories.of(context, request.id)) ?? [];
    const oversees = actor.mayEver('read', 'Assessment') || actor.may('approve', request);
    return oversees ? all : all.filter(({ requestId }) => requestId === request.id);
  }
}
