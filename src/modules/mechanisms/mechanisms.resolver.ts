import { Args, ArgsType, Field, ID, InputType, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Can, RefusalType } from '../platform/index.js';
import { type UseCase, UseCaseEnum } from '../vocabulary/index.js';
import { Mechanism } from './mechanism.entity.js';
import { MechanismApprovalService } from './mechanism-approval.service.js';
import type { MechanismCommand } from './mechanism.state.js';
import { MechanismResult } from './mechanism-result.js';
import type { MechanismProposal } from './draft-mechanism.js';
import { MechanismsService } from './mechanisms.service.js';

@InputType()
export class RegisterMechanismInput implements MechanismProposal {
  @Field(() => ID, { nullable: true, description: 'A source, for a generator that knows its schema alone.' })
  readonly sourceId?: string | null;

  @Field(() => ID, { nullable: true, description: 'A signed profile, for a generator that knows a profile.' })
  readonly profileId?: string | null;

  @Field(() => ID, { nullable: true, description: 'A model, for the generator that learned it.' })
  readonly modelId?: string | null;

  @Field(() => String)
  readonly generator!: string;

  @Field(() => String, {
    defaultValue: '{}',
    description: 'JSON, as the generator takes it. A model was fitted with its own.',
  })
  readonly parameters!: string;

  @Field(() => [UseCaseEnum])
  readonly permittedUses!: UseCase[];
}

@ArgsType()
class MechanismArgs {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => String, { description: 'Of the mechanism you judged.' })
  readonly hash!: string;

  @Field(() => String, { description: 'In words; it is kept.' })
  readonly reason!: string;
}

type Answer = Promise<Mechanism | RefusalType>;

@Resolver()
export class MechanismsResolver {
  constructor(
    private readonly service: MechanismsService,
    private readonly approval: MechanismApprovalService,
  ) {}

  @Query(() => [Mechanism])
  @Can('read', 'Mechanism')
  mechanisms(): Promise<Mechanism[]> {
    return this.service.list();
  }

  @Mutation(() => MechanismResult, {
    description:
      'Pin a generator with what it is given: a schema, a signed profile or a model. Asking twice registers once.',
  })
  @Can('create', 'Mechanism')
  async registerMechanism(
    @Caller() actor: Actor,
    @Args('input') input: RegisterMechanismInput,
  ): Promise<Mechanism | RefusalType> {
    const answer = await this.service.register(actor, input);
    return answer instanceof Mechanism ? answer : new RefusalType(answer);
  }

  @Mutation(() => MechanismResult, {
    description: 'Put a mechanism to the audit team, for approval once and for all.',
  })
  @Can('submit', 'Mechanism')
  submitMechanism(@Caller() actor: Actor, @Args() args: MechanismArgs): Answer {
    return this.give(actor, 'submit', args);
  }

  @Mutation(() => MechanismResult, {
    description: 'The audit team finds it sound; information governance is next.',
  })
  @Can('review', 'Mechanism')
  reviewMechanism(@Caller() actor: Actor, @Args() args: MechanismArgs): Answer {
    return this.give(actor, 'review', args);
  }

  @Mutation(() => MechanismResult)
  @Can('return', 'Mechanism')
  returnMechanism(@Caller() actor: Actor, @Args() args: MechanismArgs): Answer {
    return this.give(actor, 'return', args);
  }

  @Mutation(() => MechanismResult, {
    description: 'Information governance approves it until its yearly review.',
  })
  @Can('approve', 'Mechanism')
  approveMechanism(@Caller() actor: Actor, @Args() args: MechanismArgs): Answer {
    return this.give(actor, 'approve', args);
  }

  @Mutation(() => MechanismResult, { description: 'Stop it, and every release that was made by it.' })
  @Can('suspend', 'Mechanism')
  suspendMechanism(@Caller() actor: Actor, @Args() args: MechanismArgs): Answer {
    return this.give(actor, 'suspend', args);
  }

  @Mutation(() => MechanismResult, { description: 'Look at a suspended mechanism again.' })
  @Can('reinstate', 'Mechanism')
  reinstateMechanism(@Caller() actor: Actor, @Args() args: MechanismArgs): Answer {
    return this.give(actor, 'reinstate', args);
  }

  @Mutation(() => MechanismResult, { description: 'Nothing is made by it any longer.' })
  @Can('retire', 'Mechanism')
  retireMechanism(@Caller() actor: Actor, @Args() args: MechanismArgs): Answer {
    return this.give(actor, 'retire', args);
  }

  private async give(actor: Actor, command: MechanismCommand, { id, hash, reason }: MechanismArgs): Answer {
    const answer = await this.approval.command(actor, id, { command, hash, reason });
    return answer instanceof Mechanism ? answer : new RefusalType(answer);
  }
}
