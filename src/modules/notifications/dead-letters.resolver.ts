import { Args, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Can, pageSize, RefusalType, resultUnion } from '../platform/index.js';
import { DeadLettersService } from './dead-letters.service.js';
import { Notification } from './notification.entity.js';

@ObjectType({ description: 'A notification that could not be delivered.' })
export class DeadLetter {
  @Field(() => ID)
  readonly id: string;

  @Field(() => String, { description: 'email or webhook.' })
  readonly channel: string;

  @Field(() => String)
  readonly topic: string;

  @Field(() => ID, { nullable: true })
  readonly personId: string | null;

  @Field(() => ID, { nullable: true })
  readonly webhookId: string | null;

  @Field(() => Int)
  readonly attempts: number;

  @Field(() => String, { nullable: true })
  readonly problem: string | null;

  @Field(() => Date)
  readonly at: Date;

  constructor({ id, channel, topic, personId, webhookId, attempts, problem, createdAt }: Notification) {
    this.id = id;
    this.channel = channel;
    this.topic = topic;
    this.personId = personId;
    this.webhookId = webhookId;
    this.attempts = attempts;
    this.problem = problem;
    this.at = createdAt;
  }
}

const DeadLetterResult = resultUnion('DeadLetterResult', DeadLetter);

@Resolver()
export class DeadLettersResolver {
  constructor(private readonly service: DeadLettersService) {}

  @Query(() => [DeadLetter], { description: 'Newest first; go on with `before`, the last id you have.' })
  @Can('read', 'DeadLetter')
  async deadLetters(
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Args('before', { type: () => ID, nullable: true }) before: string | undefined,
  ): Promise<DeadLetter[]> {
    return (await this.service.list(pageSize(first), before)).map((one) => new DeadLetter(one));
  }

  @Mutation(() => DeadLetterResult, { description: 'Try to deliver it again, under the same id.' })
  @Can('resend', 'DeadLetter')
  async resendDeadLetter(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<DeadLetter | RefusalType> {
    const result = await this.service.resend(actor, id);
    return result instanceof Notification ? new DeadLetter(result) : new RefusalType(result);
  }
}
