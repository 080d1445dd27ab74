import { Args, Field, ID, InputType, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Can, RefusalType, resultUnion } from '../platform/index.js';
import { type UseCase, UseCaseEnum } from '../vocabulary/index.js';
import { Mechanism } from './mechanism.entity.js';
import { type MechanismProposal, MechanismsService } from './mechanisms.service.js';

const MechanismResult = resultUnion('MechanismResult', Mechanism);

@InputType()
export class RegisterMechanismInput implements MechanismProposal {
  @Field(() => ID, { description: 'A signed profile.' })
  readonly profileId!: string;

  @Field(() => String)
  readonly generator!: string;

  @Field(() => String, { defaultValue: '{}', description: 'JSON, as the generator takes it.' })
  readonly parameters!: string;

  @Field(() => [UseCaseEnum])
  readonly permittedUses!: UseCase[];
}

@Resolver()
export class MechanismsResolver {
  constructor(private readonly service: MechanismsService) {}

  @Query(() => [Mechanism])
  @Can('read', 'Mechanism')
  mechanisms(): Promise<Mechanism[]> {
    return this.service.list();
  }

  @Mutation(() => MechanismResult, {
    description: 'Pin a generator with a signed profile. Asking twice registers once.',
  })
  @Can('create', 'Mechanism')
  async registerMechanism(
    @Caller() actor: Actor,
    @Args('input') input: RegisterMechanismInput,
  ): Promise<Mechanism | RefusalType> {
    const answer = await this.service.register(actor, input);
    return answer instanceof Mechanism ? answer : new RefusalType(answer);
  }
}
