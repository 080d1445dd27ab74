import { Args, Field, ID, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Can, type Refusal, RefusalType, resultUnion, SignedIn } from '../platform/index.js';
import { ConflictOfInterest } from './conflict.entity.js';
import { WithdrawalsService } from './withdrawals.service.js';

@ObjectType()
export class ConflictWithdrawal {
  @Field(() => ID)
  readonly conflictId: string;

  @Field(() => Boolean, { description: 'False: it counts until somebody else agrees.' })
  readonly withdrawn: boolean;

  constructor({ id, withdrawnAt }: ConflictOfInterest) {
    this.conflictId = id;
    this.withdrawn = withdrawnAt !== null;
  }
}

const ConflictWithdrawalResult = resultUnion('ConflictWithdrawalResult', ConflictWithdrawal);

const answer = (result: ConflictOfInterest | Refusal): ConflictWithdrawal | RefusalType =>
  result instanceof ConflictOfInterest ? new ConflictWithdrawal(result) : new RefusalType(result);

@Resolver()
export class WithdrawalsResolver {
  constructor(private readonly service: WithdrawalsService) {}

  @Mutation(() => ConflictWithdrawalResult, {
    description: 'Your conflict of interest is none any longer; it counts until somebody else agrees.',
  })
  @SignedIn()
  async askConflictWithdrawal(
    @Caller() actor: Actor,
    @Args('conflictId', { type: () => ID }) id: string,
    @Args('reason', { type: () => String, description: 'For whoever is to agree, and for the record.' })
    reason: string,
  ): Promise<ConflictWithdrawal | RefusalType> {
    return answer(await this.service.ask(actor, id, reason));
  }

  @Mutation(() => ConflictWithdrawalResult, {
    description: 'You agree that it is none any longer: the person may decide again.',
  })
  @Can('absolve', 'ConflictStatement')
  async confirmConflictWithdrawal(
    @Caller() actor: Actor,
    @Args('conflictId', { type: () => ID }) id: string,
  ): Promise<ConflictWithdrawal | RefusalType> {
    return answer(await this.service.confirm(actor, id));
  }
}
