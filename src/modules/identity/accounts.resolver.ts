import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Can, RefusalType } from '../platform/index.js';
import { AccountsService } from './accounts.service.js';
import type { Actor } from './actor.js';
import { Caller } from './caller.js';
import { Person } from './person.entity.js';
import { PersonResult } from './person-result.js';

@Resolver()
export class AccountsResolver {
  constructor(private readonly accounts: AccountsService) {}

  @Query(() => [Person], { description: 'Everybody with an account, oldest first.' })
  @Can('read', 'Person')
  people(): Promise<Person[]> {
    return this.accounts.list();
  }

  @Mutation(() => PersonResult, {
    description: 'Ends what the person holds: sign-ins, tokens and delegations.',
  })
  @Can('disable', 'Person')
  async disablePerson(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<Person | RefusalType> {
    const answer = await this.accounts.disable(actor, id);
    return answer instanceof Person ? answer : new RefusalType(answer);
  }

  @Mutation(() => PersonResult, {
    description:
      'Lets whoever has the same e-mail address at the identity provider, verified, take this account over.',
  })
  @Can('move', 'Person')
  async movePersonToProvider(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<Person | RefusalType> {
    const answer = await this.accounts.letMove(actor, id);
    return answer instanceof Person ? answer : new RefusalType(answer);
  }

  @Mutation(() => PersonResult, {
    description: 'Lets a disabled person sign in again. By policy it takes another administrator.',
  })
  @Can('enable', 'Person')
  async enablePerson(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<Person | RefusalType> {
    const answer = await this.accounts.enable(actor, id);
    return answer instanceof Person ? answer : new RefusalType(answer);
  }
}
