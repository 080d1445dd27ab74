import { Inject } from '@nestjs/common';
import { Context, Field, Float, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Batch, type GraphqlContext, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { Source } from '../sources/index.js';
import { epsilonLeft, epsilonSpent } from './ledger.rules.js';
import { LedgerEntry } from './ledger-entry.entity.js';
import { LedgerService } from './ledger.service.js';

/** What all models of a source with differential privacy have told of any one subject. */
@ObjectType()
export class Ledger {
  static readonly subject = 'Ledger';

  @Field(() => Float, { description: 'The most that the policy allows, at `delta`.' })
  epsilonBudget!: number;

  @Field(() => Float)
  delta!: number;

  @Field(() => Float)
  epsilonSpent!: number;

  @Field(() => Float, { description: 'That one more model could have.' })
  epsilonLeft!: number;

  @Field(() => [LedgerEntry], { description: 'Newest first.' })
  entries!: LedgerEntry[];
}

@Resolver(() => Source)
export class LedgerResolver {
  private readonly entries = new Batch((ids) => this.service.entriesOf(this.transactions.reader, ids));

  constructor(
    private readonly service: LedgerService,
    private readonly transactions: Transactions,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  @ResolveField(() => Ledger, {
    nullable: true,
    description: 'Its privacy budget, for those who decide on it.',
  })
  async ledger(
    @Caller() actor: Actor,
    @Context() context: GraphqlContext,
    @Parent() { id }: Source,
  ): Promise<Ledger | null> {
    if (!actor.may('read', new Ledger())) return null;
    const { privacyBudget: budget } = this.policy;
    const entries = (await this.entries.of(context, id)) ?? [];
    const spent = entries.reduce((sum, { rho }) => sum + rho, 0);
    return Object.assign(new Ledger(), {
      ...{ epsilonBudget: budget.epsilon, delta: budget.delta },
      ...{ epsilonSpent: epsilonSpent(spent, budget), epsilonLeft: epsilonLeft(spent, budget) },
      entries,
    });
  }
}
