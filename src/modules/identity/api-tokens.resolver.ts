import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { RefusalType, resultUnion, SignedIn } from '../platform/index.js';
import type { Actor } from './actor.js';
import { ApiToken } from './api-token.entity.js';
import { ApiTokensService } from './api-tokens.service.js';
import { Caller } from './caller.js';

@ObjectType()
export class NewApiToken {
  @Field(() => String, { description: 'Send it as "Authorization: Bearer <token>". It is shown once.' })
  readonly token: string;

  @Field(() => ApiToken)
  readonly apiToken: ApiToken;

  constructor(token: string, apiToken: ApiToken) {
    this.token = token;
    this.apiToken = apiToken;
  }
}

const NewApiTokenResult = resultUnion('NewApiTokenResult', NewApiToken);
const ApiTokenResult = resultUnion('ApiTokenResult', ApiToken);

@InputType()
export class ApiTokenInput {
  @Field(() => String)
  readonly name!: string;

  @Field(() => [String], {
    description: 'Things you may do yourself, such as "read Request"; or read-metadata, download-releases.',
  })
  readonly scopes!: string[];

  @Field(() => Int)
  readonly expiresInDays!: number;
}

/** A token is made and taken back by its person, signed in; no token can make another. */
@Resolver()
export class ApiTokensResolver {
  constructor(private readonly tokens: ApiTokensService) {}

  @Query(() => [ApiToken], { description: 'Your own, newest first.' })
  @SignedIn()
  apiTokens(@Caller() actor: Actor): Promise<ApiToken[]> {
    return this.tokens.list(actor);
  }

  @Mutation(() => NewApiTokenResult)
  @SignedIn()
  async createApiToken(
    @Caller() actor: Actor,
    @Args('input') { name, scopes, expiresInDays }: ApiTokenInput,
  ): Promise<NewApiToken | RefusalType> {
    const answer = await this.tokens.create(actor, { name, scopes, expiresInDays });
    return 'token' in answer ? new NewApiToken(answer.token, answer.apiToken) : new RefusalType(answer);
  }

  @Mutation(() => ApiTokenResult)
  @SignedIn()
  async revokeApiToken(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<ApiToken | RefusalType> {
    const answer = await this.tokens.revoke(actor, id);
    return answer instanceof ApiToken ? answer : new RefusalType(answer);
  }
}
