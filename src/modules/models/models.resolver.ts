import {
  Context,
  Args,
  Field,
  ID,
  InputType,
  Mutation,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import {
  Batch,
  type GraphqlContext,
  Can,
  Job,
  Jobs,
  type Refusal,
  RefusalType,
  resultUnion,
  Transactions,
} from '../platform/index.js';
import { SourceModel } from './model.entity.js';
import type { AskedColumn } from './model.rules.js';
import { ModelsService } from './models.service.js';

const ModelResult = resultUnion('ModelResult', SourceModel);

@InputType()
export class ModelledColumnInput implements AskedColumn {
  @Field(() => String)
  readonly name!: string;

  @Field(() => String, { description: 'Why the purpose needs it, in words; it is kept.' })
  readonly justification!: string;
}

@InputType()
export class RequestModelInput {
  @Field(() => ID)
  readonly sourceId!: string;

  @Field(() => String, { description: 'One that learns from rows, such as sequential-cart.' })
  readonly generator!: string;

  @Field(() => String, { defaultValue: '{}', description: 'JSON, as the generator takes it.' })
  readonly parameters!: string;

  @Field(() => [ModelledColumnInput], { description: 'Only what the purpose needs.' })
  readonly columns!: ModelledColumnInput[];
}

const answer = (result: SourceModel | Refusal): SourceModel | RefusalType =>
  result instanceof SourceModel ? result : new RefusalType(result);

@Resolver(() => SourceModel)
export class ModelsResolver {
  private readonly latestJobs = new Batch((ids) => this.jobs.latestForAll(this.transactions.reader, ids));

  constructor(
    private readonly models: ModelsService,
    private readonly jobs: Jobs,
    private readonly transactions: Transactions,
  ) {}

  @Query(() => SourceModel, { nullable: true })
  @Can('read', 'Model')
  model(@Args('id', { type: () => ID }) id: string): Promise<SourceModel | null> {
    return this.models.find(id);
  }

  @Query(() => [SourceModel], { name: 'models', description: 'Newest first.' })
  @Can('read', 'Model')
  list(@Args('sourceId', { type: () => ID }) sourceId: string): Promise<SourceModel[]> {
    return this.models.listFor(sourceId);
  }

  @Mutation(() => ModelResult, { description: 'Have a generator learn from a source, in the real zone.' })
  @Can('create', 'Model')
  async requestModel(
    @Caller() actor: Actor,
    @Args('input') input: RequestModelInput,
  ): Promise<SourceModel | RefusalType> {
    return answer(await this.models.request(actor, input));
  }

  @Mutation(() => ModelResult)
  @Can('cancel', 'Model')
  async cancelModel(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<SourceModel | RefusalType> {
    return answer(await this.models.cancel(actor, id));
  }

  @ResolveField(() => Job, { nullable: true })
  job(@Context() context: GraphqlContext, @Parent() model: SourceModel): Promise<Job | null> {
    return this.latestJobs.of(context, model.id);
  }
}
