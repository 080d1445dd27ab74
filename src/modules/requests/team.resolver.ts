import { Context, Field, ID, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { namesOf } from '../identity/index.js';
import { Batch, type GraphqlContext, Transactions } from '../platform/index.js';
import { ReleaseRequest } from './request.entity.js';

@ObjectType({ description: 'Somebody who works with the requester, and decides nothing on the request.' })
export class TeamMember {
  @Field(() => ID)
  readonly id: string;

  @Field(() => String)
  readonly name: string;

  constructor(id: string, name: string) {
    this.id = id;
    this.name = name;
  }
}

@Resolver(() => ReleaseRequest)
export class TeamResolver {
  private readonly names = new Batch((ids) => namesOf(this.transactions.reader, ids));

  constructor(private readonly transactions: Transactions) {}

  @ResolveField(() => [TeamMember], { description: 'Who works with the requester.' })
  members(@Context() context: GraphqlContext, @Parent() request: ReleaseRequest): Promise<TeamMember[]> {
    return Promise.all(
      request.memberIds.map(async (id) => new TeamMember(id, (await this.names.of(context, id)) ?? '')),
    );
  }
}
