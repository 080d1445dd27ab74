import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type Actor, Caller, type Likeness, LikenessType } from '../identity/index.js';
import { Transactions } from '../platform/index.js';
import { ReleaseRequest } from '../requests/index.js';
import { alikePeople } from './alike-people.js';

const judging = ['agree', 'endorse', 'waive', 'approve'] as const;

@Resolver(() => ReleaseRequest)
export class AlikePeopleResolver {
  constructor(private readonly transactions: Transactions) {}

  @ResolveField(() => [LikenessType], {
    description: 'For those who judge requests; nothing for others. Nobody is barred by it.',
  })
  async alikePeople(@Caller() actor: Actor, @Parent() request: ReleaseRequest): Promise<Likeness[]> {
    if (!judging.some((action) => actor.may(action, request))) return [];
    return alikePeople(this.transactions.reader, request, actor.id);
  }
}
