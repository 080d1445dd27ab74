import { Args, Field, ID, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../../identity/index.js';
import { Can, type Refusal, RefusalType, resultUnion } from '../../platform/index.js';
import { Webhook } from './webhook.entity.js';
import { type SharedSecret, WebhooksService } from './webhooks.service.js';

@ObjectType()
export class WebhookSecret {
  @Field(() => Webhook)
  readonly webhook: Webhook;

  @Field(() => String, { description: 'What deliveries are signed with. It is shown once.' })
  readonly secret: string;

  constructor({ webhook, secret }: SharedSecret) {
    this.webhook = webhook;
    this.secret = secret;
  }
}

const WebhookSecretResult = resultUnion('WebhookSecretResult', WebhookSecret);
const WebhookResult = resultUnion('WebhookResult', Webhook);

const answer = (result: SharedSecret | Refusal): WebhookSecret | RefusalType =>
  'secret' in result ? new WebhookSecret(result) : new RefusalType(result);

@Resolver()
export class WebhooksResolver {
  constructor(private readonly service: WebhooksService) {}

  @Query(() => [Webhook], { description: 'Newest first.' })
  @Can('read', 'Webhook')
  webhooks(): Promise<Webhook[]> {
    return this.service.list();
  }

  @Mutation(() => WebhookSecretResult, {
    description:
      'Have a program told of every change of state of a request, by signed posts to an https URL.',
  })
  @Can('create', 'Webhook')
  async createWebhook(
    @Caller() actor: Actor,
    @Args('url', { type: () => String }) url: string,
    @Args('description', { type: () => String }) description: string,
  ): Promise<WebhookSecret | RefusalType> {
    return answer(await this.service.create(actor, { url, description }));
  }

  @Mutation(() => WebhookSecretResult, {
    description: 'Deliveries are signed with a new secret from now on.',
  })
  @Can('create', 'Webhook')
  async renewWebhookSecret(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<WebhookSecret | RefusalType> {
    return answer(await this.service.renewSecret(actor, id));
  }

  @Mutation(() => WebhookResult)
  @Can('disable', 'Webhook')
  async disableWebhook(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<Webhook | RefusalType> {
    const result = await this.service.disable(actor, id);
    return result instanceof Webhook ? result : new RefusalType(result);
  }
}
