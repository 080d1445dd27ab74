import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Can } from '../platform/index.js';
import { AccessApplicationInput } from './application.input.js';
import { ApplicationsService } from './applications.service.js';
import { AccessGrant } from './grant.entity.js';
import { AccessGrantResult, type GrantAnswer, toGrantResult } from './grant-result.js';
import { RegisteredRelease, ReleaseRegister } from './release-register.js';

@Resolver(() => AccessGrant)
export class ApplicationsResolver {
  constructor(
    private readonly service: ApplicationsService,
    private readonly register: ReleaseRegister,
  ) {}

  @Query(() => [RegisteredRelease], { description: 'Newest first.' })
  @Can('create', 'AccessGrant')
  releasesToApplyFor(): Promise<RegisteredRelease[]> {
    return this.register.list();
  }

  @Query(() => AccessGrant, { nullable: true })
  @Can('read', 'AccessGrant')
  accessGrant(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<AccessGrant | null> {
    return this.service.find(actor, id);
  }

  @Query(() => [AccessGrant], { description: 'Newest first.' })
  @Can('read', 'AccessGrant')
  accessGrants(@Caller() actor: Actor): Promise<AccessGrant[]> {
    return this.service.list(actor);
  }

  @Mutation(() => AccessGrantResult, {
    description: 'Ask for access to a release of tier HIGH. Your referee is written to.',
  })
  @Can('create', 'AccessGrant')
  async applyForAccess(@Caller() actor: Actor, @Args('input') input: AccessApplicationInput): GrantAnswer {
    return toGrantResult(await this.service.apply(actor, input));
  }
}
