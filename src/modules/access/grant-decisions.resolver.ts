import { Args, ID, Mutation, registerEnumType, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Can } from '../platform/index.js';
import { GrantDecisionsService } from './grant-decisions.service.js';
import { AccessGrantResult, type GrantAnswer, toGrantResult } from './grant-result.js';
import { type IgDeclineReason, igDeclineReasons } from './grant.rules.js';

const IgDeclineReasonEnum = Object.fromEntries(igDeclineReasons.map((reason) => [reason, reason]));
registerEnumType(IgDeclineReasonEnum, { name: 'IgDeclineReason' });

const id = { type: () => ID };
const reasonText = { type: () => String, description: 'In words; it is kept.' };

/** What information governance does with applications and grants. */
@Resolver()
export class GrantDecisionsResolver {
  constructor(private readonly service: GrantDecisionsService) {}

  @Mutation(() => AccessGrantResult, {
    description: 'Take up an application that its referee has confirmed.',
  })
  @Can('assess', 'AccessGrant')
  async assessApplication(@Caller() actor: Actor, @Args('id', id) grantId: string): GrantAnswer {
    return toGrantResult(await this.service.assess(actor, grantId));
  }

  @Mutation(() => AccessGrantResult, {
    description: 'Let the person in until a day. Accepts their training too.',
  })
  @Can('approve', 'AccessGrant')
  async approveAccess(
    @Caller() actor: Actor,
    @Args('id', id) grantId: string,
    @Args('reason', reasonText) note: string,
    @Args('endsAt', { type: () => Date }) endsAt: Date,
  ): GrantAnswer {
    return toGrantResult(await this.service.approve(actor, grantId, { note, endsAt }));
  }

  @Mutation(() => AccessGrantResult)
  @Can('decline', 'AccessGrant')
  async declineAccess(
    @Caller() actor: Actor,
    @Args('id', id) grantId: string,
    @Args('reasonClass', { type: () => IgDeclineReasonEnum }) reason: IgDeclineReason,
    @Args('reason', reasonText) note: string,
  ): GrantAnswer {
    return toGrantResult(await this.service.decline(actor, grantId, { note, reason }));
  }

  @Mutation(() => AccessGrantResult, { description: 'Stop an access; it counts from the next download on.' })
  @Can('suspend', 'AccessGrant')
  async suspendAccess(
    @Caller() actor: Actor,
    @Args('id', id) grantId: string,
    @Args('reason', reasonText) reason: string,
  ): GrantAnswer {
    return toGrantResult(await this.service.suspend(actor, grantId, reason));
  }

  @Mutation(() => AccessGrantResult, { description: 'By another person than suspended it.' })
  @Can('resume', 'AccessGrant')
  async resumeAccess(
    @Caller() actor: Actor,
    @Args('id', id) grantId: string,
    @Args('reason', reasonText) reason: string,
  ): GrantAnswer {
    return toGrantResult(await this.service.resume(actor, grantId, reason));
  }

  @Mutation(() => AccessGrantResult, { description: 'End an access for good.' })
  @Can('revoke', 'AccessGrant')
  async revokeAccess(
    @Caller() actor: Actor,
    @Args('id', id) grantId: string,
    @Args('reason', reasonText) reason: string,
  ): GrantAnswer {
    return toGrantResult(await this.service.revoke(actor, grantId, reason));
  }
}
