import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Can, Job, Jobs, RefusalType, Transactions } from '../platform/index.js';
import { AllowedAction } from './allowed-action.type.js';
import { DraftInput } from './draft.input.js';
import { RequestCommands } from './request-commands.js';
import { ReleaseRequest } from './request.entity.js';
import { toRequestResult, RequestResult } from './request-result.js';
import { commandsFrom } from './request.state.js';
import { RequestsService } from './requests.service.js';
import { SuccessionService } from './succession.service.js';

@Resolver(() => ReleaseRequest)
export class RequestsResolver {
  constructor(
    private readonly service: RequestsService,
    private readonly commands: RequestCommands,
    private readonly succession: SuccessionService,
    private readonly jobs: Jobs,
    private readonly transactions: Transactions,
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
  ): Promise<ReleaseRequest | RefusalType> {
    return toRequestResult(await this.service.edit(actor, id, input));
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

  @ResolveField(() => [AllowedAction], { description: 'What you may do with the request now, and why not.' })
  allowedActions(@Caller() actor: Actor, @Parent() request: ReleaseRequest): AllowedAction[] {
    return commandsFrom(request.state).map((command) => {
      const refused = this.commands.refuseTo(actor, command, request);
      return new AllowedAction(command, refused && new RefusalType(refused));
    });
  }

  @ResolveField(() => Job, { nullable: true, description: 'The work done on it now, or last.' })
  job(@Parent() request: ReleaseRequest): Promise<Job | null> {
    return this.jobs.latestFor(this.transactions.reader, request.id);
  }
}
