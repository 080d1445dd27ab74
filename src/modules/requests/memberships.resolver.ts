import { Args, Field, ID, Mutation, ObjectType, Query, registerEnumType, Resolver } from '@nestjs/graphql';
import { type Actor, Caller, namesOf } from '../identity/index.js';
import { RefusalType, resultUnion, SignedIn, Transactions } from '../platform/index.js';
import { answerOf, type MembershipAnswer, membershipAnswers } from './membership.rules.js';
import { MembershipsService } from './memberships.service.js';

const MembershipAnswerEnum = Object.fromEntries(membershipAnswers.map((answer) => [answer, answer]));
registerEnumType(MembershipAnswerEnum, {
  name: 'MembershipAnswer',
  description: 'Whether somebody who is named as a member of a team is one.',
});

@ObjectType({
  description: 'That a request names you as somebody who works with its requester; no more of it.',
})
export class Membership {
  @Field(() => ID)
  readonly requestId!: string;

  @Field(() => String)
  readonly reference!: string;

  @Field(() => String)
  readonly requester!: string;

  @Field(() => MembershipAnswerEnum, { nullable: true, description: 'Null: you are asked.' })
  readonly answer!: MembershipAnswer | null;
}

@ObjectType()
export class AnsweredMembership {
  @Field(() => MembershipAnswerEnum)
  readonly answer: MembershipAnswer;

  constructor(answer: MembershipAnswer) {
    this.answer = answer;
  }
}

const MembershipResult = resultUnion('MembershipResult', AnsweredMembership);

@Resolver()
export class MembershipsResolver {
  constructor(
    private readonly service: MembershipsService,
    private readonly transactions: Transactions,
  ) {}

  @Query(() => [Membership], { description: 'Submitted requests that name you as a member of the team.' })
  @SignedIn()
  async myMemberships(@Caller() actor: Actor): Promise<Membership[]> {
    const requests = await this.service.of(actor.id);
    const names = await namesOf(
      this.transactions.reader,
      requests.map(({ requesterId }) => requesterId),
    );
    return requests.map((request) => ({
      ...{ requestId: request.id, reference: request.reference },
      requester: names.get(request.requesterId) ?? '',
      answer: answerOf(actor.id, request),
    }));
  }

  @Mutation(() => MembershipResult, {
    description: 'Once: whether you work with the requester. Who does not is free to decide on the request.',
  })
  @SignedIn()
  async answerMembership(
    @Caller() actor: Actor,
    @Args('requestId', { type: () => ID }) id: string,
    @Args('answer', { type: () => MembershipAnswerEnum }) answer: MembershipAnswer,
  ): Promise<AnsweredMembership | RefusalType> {
    const refused = await this.service.answer(actor, id, answer);
    return refused ? new RefusalType(refused) : new AnsweredMembership(answer);
  }
}
