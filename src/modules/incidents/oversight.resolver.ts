import { Args, ID, Mutation, registerEnumType, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Can, type RefusalType } from '../platform/index.js';
import { ReleaseRequest, RequestResult, toRequestResult } from '../requests/index.js';
import { type RecallReason, recallReasons } from './oversight.rules.js';
import { OversightService } from './oversight.service.js';
import { ReauditService } from './reaudit.service.js';

const RecallReasonEnum = Object.fromEntries(recallReasons.map((reason) => [reason, reason]));
registerEnumType(RecallReasonEnum, { name: 'RecallReason' });

type Answer = Promise<ReleaseRequest | RefusalType>;

@Resolver()
export class OversightResolver {
  constructor(
    private readonly oversight: OversightService,
    private readonly reaudits: ReauditService,
  ) {}

  @Mutation(() => RequestResult, { description: 'Stop a release; it counts from the next download on.' })
  @Can('suspend', 'Request')
  async suspendRelease(
    @Caller() actor: Actor,
    @Args('requestId', { type: () => ID }) id: string,
    @Args('reason', { type: () => String }) reason: string,
  ): Answer {
    return toRequestResult(await this.oversight.suspend(actor, id, reason));
  }

  @Mutation(() => RequestResult, {
    description: 'Let a suspended release out again. It takes two people and fresh checks.',
  })
  @Can('reinstate', 'Request')
  async reinstateRelease(
    @Caller() actor: Actor,
    @Args('requestId', { type: () => ID }) id: string,
    @Args('reason', { type: () => String }) reason: string,
  ): Answer {
    return toRequestResult(await this.oversight.reinstate(actor, id, reason));
  }

  @Mutation(() => RequestResult, {
    description: 'Take a release back for good; whoever downloaded it is asked to destroy it.',
  })
  @Can('recall', 'Request')
  async recallRelease(
    @Caller() actor: Actor,
    @Args('requestId', { type: () => ID }) id: string,
    @Args('reasonClass', { type: () => RecallReasonEnum }) reasonClass: RecallReason,
    @Args('reason', { type: () => String }) reason: string,
  ): Answer {
    return toRequestResult(await this.oversight.recall(actor, id, { reason, reasonClass }));
  }

  @Mutation(() => RequestResult, {
    description: 'Have a release checked again as it stands; a fail suspends it.',
  })
  @Can('reaudit', 'Request')
  async reauditRelease(@Caller() actor: Actor, @Args('requestId', { type: () => ID }) id: string): Answer {
    return toRequestResult(await this.reaudits.ask(actor, id));
  }
}
