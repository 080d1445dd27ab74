import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Batch, Can, type GraphqlContext, RefusalType, resultUnion, SignedIn } from '../platform/index.js';
import { Destruction } from './destruction.entity.js';
import { DestructionsService } from './destructions.service.js';

const DestructionResult = resultUnion('DestructionResult', Destruction);

@Resolver(() => Destruction)
export class DestructionsResolver {
  private readonly names = new Batch((ids) => this.service.namesOf(ids));

  constructor(private readonly service: DestructionsService) {}

  @Query(() => [Destruction], {
    description: 'Who was asked to destroy files of recalled releases; the longest outstanding first.',
  })
  @Can('recall', 'Request')
  destructions(
    @Args('outstandingOnly', { type: () => Boolean, defaultValue: true }) outstandingOnly: boolean,
  ): Promise<Destruction[]> {
    return this.service.list(outstandingOnly);
  }

  @Query(() => [Destruction], { description: 'What you still have to destroy.' })
  @SignedIn()
  myDestructions(@Caller() actor: Actor): Promise<Destruction[]> {
    return this.service.listOwn(actor);
  }

  @Mutation(() => DestructionResult, {
    description: 'Say, once, that you destroyed every copy of the files of a recalled release, and how.',
  })
  @SignedIn()
  async confirmDestruction(
    @Caller() actor: Actor,
    @Args('releaseId', { type: () => ID }) releaseId: string,
    @Args('statement', { type: () => String }) statement: string,
  ): Promise<Destruction | RefusalType> {
    const answer = await this.service.confirm(actor, releaseId, statement);
    return answer instanceof Destruction ? answer : new RefusalType(answer);
  }

  @ResolveField(() => String, { description: 'The name of the person.' })
  async personName(@Context() context: GraphqlContext, @Parent() { personId }: Destruction): Promise<string> {
    return (await this.names.of(context, personId)) ?? '';
  }
}
