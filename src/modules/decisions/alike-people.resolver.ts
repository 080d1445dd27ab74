import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type Actor, Caller, inParts, type Likeness, LikenessType, peopleById } from '../identity/index.js';
import { Batch, type GraphqlContext, Transactions } from '../platform/index.js';
import { ReleaseRequest } from '../requests/index.js';
import { alikeAmong, partsIn } from './alike-people.js';

const judging = ['agree', 'endorse', 'waive', 'approve'] as const;

@Resolver(() => ReleaseRequest)
export class AlikePeopleResolver {
  private readonly people = new Batch((ids) => peopleById(this.transactions.reader, ids));

  constructor(private readonly transactions: Transactions) {}

  @ResolveField(() => [LikenessType], {
    description: 'For those who judge requests; nothing for others. Nobody is barred by it.',
  })
  async alikePeople(
    @Caller() actor: Actor,
    @Context() context: GraphqlContext,
    @Parent() request: ReleaseRequest,
  ): Promise<Likeness[]> {
    if (!judging.some((action) => actor.may(action, request))) return [];
    const parts = partsIn(request, actor.id);
    const ids = parts.flatMap(([, id]) => id ?? []);
    const people = await Promise.all(ids.map((id) => this.people.of(context, id)));
    return alikeAmong(
      inParts(
        people.flatMap((person) => person ?? []),
        parts,
      ),
    );
  }
}
