import { Args, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { pageSize, SignedIn } from '../platform/index.js';
import { InboxService } from './inbox.service.js';
import { type Notification, webhookTopic } from './notification.entity.js';
import { notificationText } from './notification-texts.rules.js';

@ObjectType()
export class InboxItem {
  @Field(() => ID)
  readonly id: string;

  @Field(() => ID, { description: 'To go on from: hand it in as `before`.' })
  readonly cursor: string;

  @Field(() => String, { description: 'Such as to-approve or published.' })
  readonly topic: string;

  @Field(() => String)
  readonly text: string;

  @Field(() => String, { description: 'Request, Release, Incident or Mechanism.' })
  readonly subjectType: string;

  @Field(() => ID)
  readonly subjectId: string;

  @Field(() => Date)
  readonly at: Date;

  @Field(() => Date, { nullable: true })
  readonly readAt: Date | null;

  constructor({ id, eventSequence, topic, facts, subjectType, subjectId, createdAt, readAt }: Notification) {
    this.id = id;
    this.cursor = eventSequence;
    this.topic = topic;
    this.text = topic === webhookTopic ? '' : notificationText(topic, facts);
    this.subjectType = subjectType;
    this.subjectId = subjectId;
    this.at = createdAt;
    this.readAt = readAt;
  }
}

@ObjectType()
export class Inbox {
  @Field(() => [InboxItem])
  readonly items!: InboxItem[];

  @Field(() => Int, { description: 'Of all, not of this page alone.' })
  readonly unread!: number;
}

@Resolver()
export class InboxResolver {
  constructor(private readonly inboxes: InboxService) {}

  @Query(() => Inbox, { description: 'What you were told, newest first; go on with `before`.' })
  @SignedIn()
  async inbox(
    @Caller() actor: Actor,
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Args('before', { type: () => ID, nullable: true }) before: string | undefined,
    @Args('unreadOnly', { type: () => Boolean, defaultValue: false }) unreadOnly: boolean,
  ): Promise<Inbox> {
    const found = await this.inboxes.list(actor, { first: pageSize(first), before, unreadOnly });
    const unread = await this.inboxes.countUnread(actor);
    return { items: found.map((one) => new InboxItem(one)), unread };
  }

  @Mutation(() => Int, { description: 'How many were unread until now.' })
  @SignedIn()
  markRead(@Caller() actor: Actor, @Args('ids', { type: () => [ID] }) ids: string[]): Promise<number> {
    return this.inboxes.markRead(actor, ids);
  }
}
