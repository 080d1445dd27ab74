import { Context, Field, ID, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { answerOf, type MembershipAnswer } from './membership.rules.js';
import { namesOf } from '../identity/index.js';
import { Batch, type GraphqlContext, Transactions } from '../platform/index.js';
import { ReleaseRequest } from './request.entity.js';

@ObjectType({ description: 'Somebody who works with the requester, and decides nothing on the request.' })
export class TeamMember {
  @Field(() => ID)
  readonly id: string;

  @Field(() => String)
  readonly name: string;

  @Field(() => String, {
    nullable: true,
    description:
      'CONFIRMED or DECLINED, by themselves; null: not answered yet. Only who declined may decide.',
  })
  readonly answer: MembershipAnswer | null;

  constructor(id: string, name: string, answer: MembershipAnswer | null) {
    this.id = id;
    this.name = name;
    this.answer = answer;
  }
}

@Resolver(() => ReleaseRequest)
export class TeamResolver {
  private readonly names = new Batch((ids) => namesOf(this.transactions.reader, ids));

  constructor(private readonly transactions: Transactions) {}

  @ResolveField(() => [TeamMember], {
    description: 'Who works with the requester, as the requester says, and what they said to it.',
  })
  members(@Context() context: GraphqlContext, @Parent() request: ReleaseRequest): Promise<TeamMember[]> {
    return Promise.all(
      [...request.memberIds, ...request.declinedMemberIds].map(async (id) => {
        const name = (await this.names.of(context, id)) ?? '';
        return new TeamMember(id, name, answerOf(id, request));
      }),
    );
  }
}
