import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Can, type RefusalType } from '../platform/index.js';
import { DraftInput } from './draft.input.js';
import { RequestCommands } from './request-commands.js';
import { ReleaseRequest } from './request.entity.js';
import { toRequestResult, RequestResult } from './request-result.js';
import { RequestsService } from './requests.service.js';
import { SuccessionService } from './succession.service.js';

@Resolver(() => ReleaseRequest)
export class RequestsResolver {
  constructor(
    private readonly service: RequestsService,
    private readonly commands: RequestCommands,
    private readonly succession: SuccessionService,
  ) {}

  @Query(() => ReleaseRequest, { nullable: true })
  @Can('read', 'Request')
  request(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<ReleaseRequest | null> {
    return this.service.find(actor, id);
  }

  @Query(() => [ReleaseRequest], { description: 'Newest first.' })
  @Can('read', 'Request')
  requests(@Caller() actor: Actor): Promise<ReleaseRequest[]> {
    return this.service.list(actor);
  }

  @Mutation(() => RequestResult)
  @Can('create', 'Request')
  async draftRequest(
    @Caller() actor: Actor,
    @Args('input') input: DraftInput,
  ): Promise<ReleaseRequest | RefusalType> {
    return toRequestResult(await this.service.draft(actor, input));
  }

  @Mutation(() => RequestResult, { description: 'Change a draft, or a request that was returned.' })
  @Can('edit', 'Request')
  async editRequest(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('input') input: DraftInput,
    @Args('changedAt', {
      type: () => Date,
      nullable: true,
      description: 'Of the draft you read; one that was changed since is not written over.',
    })
    changedAt: Date | null,
  ): Promise<ReleaseRequest | RefusalType> {
    return toRequestResult(await this.service.edit(actor, id, { input, changedAt }));
  }

  @Mutation(() => RequestResult)
  @Can('withdraw', 'Request')
  async withdrawRequest(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<ReleaseRequest | RefusalType> {
    return toRequestResult(await this.commands.carryOut(actor, id, { command: 'withdraw' }));
  }

  @Mutation(() => RequestResult, {
    description: 'Start a new request that takes the place of a published one.',
  })
  @Can('succeed', 'Request')
  async amendRequest(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<ReleaseRequest | RefusalType> {
    return toRequestResult(await this.succession.start(actor, id, 'amendment'));
  }

  @Mutation(() => RequestResult, { description: 'Start a new request against the rejection of one.' })
  @Can('succeed', 'Request')
  async appealRequest(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<ReleaseRequest | RefusalType> {
    return toRequestResult(await this.succession.start(actor, id, 'appeal'));
  }
}
