import { Args, Field, ID, InputType, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Can, RefusalType, resultUnion, SignedIn } from '../platform/index.js';
import { BackendClient } from './backend-client.entity.js';
import { BackendClients, thumbprintsOf } from './backend-clients.service.js';

@InputType()
export class BackendClientInput {
  @Field(() => String)
  readonly name!: string;

  @Field(() => ID, { description: 'For whom it speaks.' })
  readonly personId!: string;

  @Field(() => String, {
    description:
      'A JWK Set with public keys for RS384 (RSA, 2048 bits or more) or ES384 (EC, P-384), as JSON.',
  })
  readonly keySet!: string;
}

const BackendClientResult = resultUnion('BackendClientResult', BackendClient);
const answered = (answer: Awaited<ReturnType<BackendClients['register']>>): BackendClient | RefusalType =>
  answer instanceof BackendClient ? answer : new RefusalType(answer);

@Resolver(() => BackendClient)
export class BackendClientsResolver {
  constructor(private readonly clients: BackendClients) {}

  @Query(() => [BackendClient], {
    description: 'Newest first: those that speak for you, or all for an administrator.',
  })
  @SignedIn()
  backendClients(@Caller() actor: Actor): Promise<BackendClient[]> {
    return this.clients.list(actor);
  }

  @Mutation(() => BackendClientResult, {
    description: 'A program that signs in with its key. Its person has to confirm it before it can.',
  })
  @Can('create', 'BackendClient')
  async registerBackendClient(
    @Caller() actor: Actor,
    @Args('input') { name, personId, keySet }: BackendClientInput,
  ): Promise<BackendClient | RefusalType> {
    return answered(await this.clients.register(actor, { name, personId, keySet }));
  }

  @Mutation(() => BackendClientResult, {
    description:
      'Lets the program speak for you. Say the thumbprints of its keys, as its operators read them.',
  })
  @SignedIn()
  async confirmBackendClient(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('thumbprints', { type: () => [String] }) thumbprints: string[],
  ): Promise<BackendClient | RefusalType> {
    return answered(await this.clients.confirm(actor, id, thumbprints));
  }

  @Mutation(() => BackendClientResult)
  @SignedIn()
  async revokeBackendClient(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<BackendClient | RefusalType> {
    return answered(await this.clients.revoke(actor, id));
  }

  @ResolveField(() => [String], { description: 'RFC 7638, one a key.' })
  @SignedIn()
  thumbprints(@Parent() client: BackendClient): Promise<string[]> {
    return thumbprintsOf(client);
  }
}
