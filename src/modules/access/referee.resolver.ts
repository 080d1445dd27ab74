import { Args, Field, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { Public, RefusalType, resultUnion } from '../platform/index.js';
import { type Invitation, RefereesService } from './referees.service.js';

@ObjectType()
class RefereeInvitation implements Invitation {
  @Field(() => String)
  readonly applicant!: string;

  @Field(() => String)
  readonly institution!: string;

  @Field(() => String)
  readonly institutionalEmail!: string;

  @Field(() => String)
  readonly intendedUse!: string;

  @Field(() => String, { description: 'The title of the dataset.' })
  readonly release!: string;
}

@ObjectType({ description: 'Your answer is on record.' })
export class RefereeThanks {
  @Field(() => Boolean)
  readonly confirmed: boolean;

  constructor(confirmed: boolean) {
    this.confirmed = confirmed;
  }
}

const RefereeResult = resultUnion('RefereeResult', RefereeThanks);

/** Open to everybody: what counts is the token that was mailed. */
@Resolver()
export class RefereeResolver {
  constructor(private readonly service: RefereesService) {}

  @Query(() => RefereeInvitation, {
    nullable: true,
    description: 'What you are asked to vouch for; null when the token does not count (any longer).',
  })
  @Public()
  refereeInvitation(@Args('token', { type: () => String }) token: string): Promise<Invitation | null> {
    return this.service.invitation(token);
  }

  @Mutation(() => RefereeResult, {
    description: 'Vouch for the applicant, or refuse to. You can answer once.',
  })
  @Public()
  async answerAsReferee(
    @Args('token', { type: () => String }) token: string,
    @Args('confirms', { type: () => Boolean }) confirms: boolean,
    @Args('statement', { type: () => String, description: 'How you know the applicant, or why you refuse.' })
    statement: string,
  ): Promise<RefereeThanks | RefusalType> {
    const answer = await this.service.answer(token, { confirms, statement });
    return 'code' in answer ? new RefusalType(answer) : new RefereeThanks(confirms);
  }
}
