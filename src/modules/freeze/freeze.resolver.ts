import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Can, type Refusal, RefusalType, resultUnion, SignedIn } from '../platform/index.js';
import { Freeze } from './freeze.entity.js';
import { FreezeService } from './freeze.service.js';

const FreezeResult = resultUnion('FreezeResult', Freeze);

const answer = (result: Freeze | Refusal): Freeze | RefusalType =>
  result instanceof Freeze ? result : new RefusalType(result);

@Resolver()
export class FreezeResolver {
  constructor(private readonly service: FreezeService) {}

  @Query(() => Freeze, { nullable: true, description: 'The freeze in force; null when there is none.' })
  @SignedIn()
  freeze(): Promise<Freeze | null> {
    return this.service.current();
  }

  @Mutation(() => FreezeResult, {
    description:
      'Stop every generation, publication and download at once. Everybody who is signed in can read the reason.',
  })
  @Can('freeze', 'Freeze')
  async freezeAll(
    @Caller() actor: Actor,
    @Args('reason', { type: () => String }) reason: string,
  ): Promise<Freeze | RefusalType> {
    return answer(await this.service.freeze(actor, reason));
  }

  @Mutation(() => FreezeResult, {
    description: 'End the freeze. It takes two people, neither of whom began it.',
  })
  @Can('thaw', 'Freeze')
  async thawAll(
    @Caller() actor: Actor,
    @Args('reason', { type: () => String }) reason: string,
  ): Promise<Freeze | RefusalType> {
    return answer(await this.service.thaw(actor, reason));
  }
}
