import { Args, ArgsType, Field, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Can, RefusalType, resultUnion, SignedIn } from '../platform/index.js';
import type { Actor } from './actor.js';
import { Caller } from './caller.js';
import { Delegation } from './delegation.entity.js';
import { DelegationsService } from './delegations.service.js';
import { Person } from './person.entity.js';

const DelegationResult = resultUnion('DelegationResult', Delegation);

@ArgsType()
class DelegationArgs {
  @Field(() => ID)
  readonly delegateId!: string;

  @Field(() => Date, { nullable: true, description: 'Now, when left out.' })
  readonly startsAt!: Date | null;

  @Field(() => Date)
  readonly endsAt!: Date;

  @Field(() => String, { description: 'In words; it is kept.' })
  readonly reason!: string;
}

@Resolver()
export class DelegationsResolver {
  constructor(private readonly service: DelegationsService) {}

  @Query(() => [Delegation], { description: 'All of them, or those that concern you. Newest first.' })
  @SignedIn()
  delegations(@Caller() actor: Actor): Promise<Delegation[]> {
    return this.service.list(actor);
  }

  @Query(() => [Person], { description: 'Whom you can let decide in your stead.' })
  @Can('create', 'Delegation')
  possibleDelegates(@Caller() actor: Actor): Promise<Person[]> {
    return this.service.possibleDelegates(actor);
  }

  @Mutation(() => DelegationResult, {
    description: 'Let somebody decide on releases in your stead, for a time. You count as one person.',
  })
  @Can('create', 'Delegation')
  async delegateApproval(
    @Caller() actor: Actor,
    @Args() { delegateId, startsAt, endsAt, reason }: DelegationArgs,
  ): Promise<Delegation | RefusalType> {
    const answer = await this.service.delegate(actor, {
      delegateId,
      startsAt: startsAt ?? null,
      endsAt,
      reason,
    });
    return answer instanceof Delegation ? answer : new RefusalType(answer);
  }

  @Mutation(() => DelegationResult, { description: 'It counts from the next decision on.' })
  @Can('revoke', 'Delegation')
  async revokeDelegation(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<Delegation | RefusalType> {
    const answer = await this.service.revoke(actor, id);
    return answer instanceof Delegation ? answer : new RefusalType(answer);
  }
}
