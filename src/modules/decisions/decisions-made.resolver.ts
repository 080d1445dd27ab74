import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { In } from 'typeorm';
import { groupBy } from '../../core/collections/group-by.js';
import { type Actor, Caller, namesOf } from '../identity/index.js';
import { Batch, type GraphqlContext, Transactions } from '../platform/index.js';
import { ReleaseRequest } from '../requests/index.js';
import { Waiver } from '../waivers/index.js';
import { Decision } from './decision.entity.js';
import { isBlindTo } from './decision.rules.js';

/** What was decided on a request, as far as the caller may see it. */
@Resolver(() => ReleaseRequest)
export class DecisionsMadeResolver {
  /** Oldest first. */
  private readonly given = new Batch(async (ids) =>
    groupBy(
      await this.transactions.reader.find(Waiver, {
        where: { requestId: In(ids) },
        order: { givenAt: 'ASC' },
      }),
      ({ requestId }) => requestId,
    ),
  );

  /** Oldest first. */
  private readonly made = new Batch(async (ids) =>
    groupBy(
      await this.transactions.reader.find(Decision, {
        where: { requestId: In(ids) },
        order: { decidedAt: 'ASC' },
      }),
      ({ requestId }) => requestId,
    ),
  );

  private readonly names = new Batch((ids) => namesOf(this.transactions.reader, ids));

  constructor(private readonly transactions: Transactions) {}

  @ResolveField(() => [Waiver], { description: 'Of any of its candidates.' })
  async waivers(@Context() context: GraphqlContext, @Parent() { id }: ReleaseRequest): Promise<Waiver[]> {
    return (await this.given.of(context, id)) ?? [];
  }

  @ResolveField(() => [Decision], { description: 'In the order they were made.' })
  async decisions(
    @Caller() actor: Actor,
    @Context() context: GraphqlContext,
    @Parent() request: ReleaseRequest,
  ): Promise<Decision[]> {
    const all = (await this.made.of(context, request.id)) ?? [];
    const isBlind = isBlindTo(request, { personId: actor.id, mayDecide: actor.may('approve', request) });
    const seen = all.filter((decision) => !isBlind(decision));
    await Promise.all(seen.map((decision) => this.name(context, decision)));
    return seen;
  }

  private async name(context: GraphqlContext, decision: Decision): Promise<void> {
    const { personId, onBehalfOfId } = decision;
    [decision.decidedBy, decision.asDelegateOf] = await Promise.all([
      this.names.of(context, personId),
      onBehalfOfId === null ? null : this.names.of(context, onBehalfOfId),
    ]);
  }
}
