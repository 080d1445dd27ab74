import { Inject } from '@nestjs/common';
import { Context, Field, Float, Int, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Batch, type GraphqlContext, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { ReleaseRequest } from '../requests/index.js';
import { budgetAfter } from './ledger.rules.js';
import { Ledger } from './ledger.resolver.js';
import { LedgerService } from './ledger.service.js';

@ObjectType({
  description:
    'What the model of a candidate with differential privacy has cost, and how much of the budget of its source all models together have. Epsilons do not add up; each is at the delta of the budget.',
})
export class CandidateLedger {
  @Field(() => Float, { description: 'That the model of this candidate promises, at `modelDelta`.' })
  readonly modelEpsilon!: number;

  @Field(() => Float)
  readonly modelDelta!: number;

  @Field(() => Int, { description: 'Rows of one subject that count at most.' })
  readonly rowsPerSubject!: number;

  @Field(() => Float, { description: 'The most that the policy allows for any one subject, at `delta`.' })
  readonly epsilonBudget!: number;

  @Field(() => Float)
  readonly delta!: number;

  @Field(() => Float, { description: 'By models that are done, whatever became of them.' })
  readonly epsilonSpent!: number;

  @Field(() => Float, { description: 'For models that are being fitted now.' })
  readonly epsilonReserved!: number;

  @Field(() => Float, { description: 'That one more model could have.' })
  readonly epsilonLeft!: number;

  @Field(() => Int, { description: 'Models that have a part in what is spent or reserved.' })
  readonly models!: number;
}

/** What information governance has before its eyes when it decides on such a candidate. */
@Resolver(() => ReleaseRequest)
export class CandidateLedgerResolver {
  private readonly ofSources = new Batch((ids) => this.service.entriesOf(this.transactions.reader, ids));
  private readonly ofMechanisms = new Batch((ids) =>
    this.service.entriesOfMechanisms(this.transactions.reader, ids),
  );

  constructor(
    private readonly service: LedgerService,
    private readonly transactions: Transactions,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  @ResolveField(() => CandidateLedger, {
    nullable: true,
    description:
      'Null where the candidate rests on no model with differential privacy, and for those who do not decide.',
  })
  async privacyLedger(
    @Caller() actor: Actor,
    @Context() context: GraphqlContext,
    @Parent() request: ReleaseRequest,
  ): Promise<CandidateLedger | null> {
    if (!actor.may('read', new Ledger()) && !actor.may('approve', request)) return null;
    const own =
      request.mechanismId === null ? null : await this.ofMechanisms.of(context, request.mechanismId);
    if (!own) return null;
    const entries = (await this.ofSources.of(context, request.sourceId)) ?? [];
    const { epsilon: epsilonBudget, delta } = this.policy.privacyBudget;
    return {
      ...{ modelEpsilon: own.epsilon, modelDelta: own.delta, rowsPerSubject: own.rowsPerSubject },
      ...{ epsilonBudget, delta, models: entries.length },
      ...budgetAfter(entries, this.policy.privacyBudget),
    };
  }
}
