import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Actor, Caller, type Likeness, LikenessType } from '../identity/index.js';
import { Can, RefusalType, Transactions } from '../platform/index.js';
import { AllowedAction } from '../requests/index.js';
import { alikeInGrant } from './alike-in-grant.js';
import { AccessApplicationInput } from './application.input.js';
import { ApplicationsService } from './applications.service.js';
import { GrantCommands } from './grant-commands.js';
import { AccessGrant } from './grant.entity.js';
import { AccessGrantResult, type GrantAnswer, toGrantResult } from './grant-result.js';
import { grantCommandsFrom } from './grant.state.js';
import { RegisteredRelease, ReleaseRegister } from './release-register.js';
import { Training } from './training.entity.js';

@Resolver(() => AccessGrant)
export class ApplicationsResolver {
  constructor(
    private readonly service: ApplicationsService,
    private readonly register: ReleaseRegister,
    private readonly commands: GrantCommands,
    private readonly transactions: Transactions,
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

  @ResolveField(() => [AllowedAction], { description: 'What you may do with it now, and why not.' })
  async allowedActions(@Caller() actor: Actor, @Parent() grant: AccessGrant): Promise<AllowedAction[]> {
    const actions: AllowedAction[] = [];
    for (const command of grantCommandsFrom(grant.state)) {
      const refused = await this.commands.refuseNow(this.transactions.reader, actor, command, grant);
      actions.push(new AllowedAction(command, refused && new RefusalType(refused)));
    }
    return actions;
  }

  @ResolveField(() => [LikenessType], { description: 'For those who decide on it; nothing for others.' })
  async alikePeople(@Caller() actor: Actor, @Parent() grant: AccessGrant): Promise<Likeness[]> {
    if (!actor.may('assess', grant)) return [];
    return alikeInGrant(this.transactions.reader, grant, actor.id);
  }

  @ResolveField(() => Training)
  training(@Parent() { trainingId: id }: AccessGrant): Promise<Training> {
    return this.transactions.reader.findOneByOrFail(Training, { id });
  }

  @ResolveField(() => String, { nullable: true, description: 'In confidence: not for the applicant.' })
  refereeStatement(@Caller() actor: Actor, @Parent() grant: AccessGrant): string | null {
    return actor.id === grant.personId ? null : grant.refereeStatement;
  }
}
