import { Args, Field, ID, InputType, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { SemanticType } from '../../core/schema/schema.js';
import { type Actor, Caller } from '../identity/index.js';
import { Can, RefusalType, resultUnion } from '../platform/index.js';
import { publicFacts } from './public-facts.rules.js';
import type { SourceWords } from './register-source.rules.js';
import { RulesService } from './rules.service.js';
import { Source } from './source.entity.js';
import { SourcesService } from './sources.service.js';
import { SemanticTypeEnum, Upload } from './upload.entity.js';
import { UploadsService } from './uploads.service.js';

const UploadResult = resultUnion('UploadResult', Upload);
const SourceResult = resultUnion('SourceResult', Source);

@InputType()
export class ColumnConfirmation {
  @Field(() => String)
  readonly name!: string;

  @Field(() => SemanticTypeEnum)
  readonly type!: SemanticType;

  @Field(() => [String])
  readonly missingMarkers!: string[];

  @Field(() => String, { nullable: true, description: 'UCUM.' })
  readonly unit?: string | null;

  @Field(() => String, { nullable: true, description: 'Public lower bound, as it would stand in the file.' })
  readonly low?: string | null;

  @Field(() => String, { nullable: true, description: 'Public upper bound, as it would stand in the file.' })
  readonly high?: string | null;

  @Field(() => [String], { nullable: true, description: 'Public categories, all of them.' })
  readonly categories?: string[] | null;

  @Field(() => Int, { nullable: true, description: 'Digits after the decimal point.' })
  readonly decimals?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'As strptime has it, of dates not written YYYY-MM-DD: what the inspection proposed, or another.',
  })
  readonly dateFormat?: string | null;
}

@InputType()
export class RegisterSourceInput {
  @Field(() => ID)
  readonly uploadId!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly description!: string;

  @Field(() => String)
  readonly citation!: string;

  @Field(() => String)
  readonly licence!: string;

  @Field(() => [ColumnConfirmation], { description: 'Every column of the file, as you confirm it.' })
  readonly columns!: ColumnConfirmation[];

  @Field(() => String, {
    nullable: true,
    description: 'The identifier column that tells whose row it is. Null: each row is somebody else’s.',
  })
  readonly subjectColumn?: string | null;
}

@InputType({ description: 'What people are told of the rules that this installation has.' })
export class RegisterRulesInput implements SourceWords {
  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly description!: string;

  @Field(() => String)
  readonly citation!: string;

  @Field(() => String)
  readonly licence!: string;
}

@Resolver()
export class SourcesResolver {
  constructor(
    private readonly service: SourcesService,
    private readonly uploads: UploadsService,
    private readonly rules: RulesService,
  ) {}

  @Mutation(() => UploadResult, { description: 'Get a place to send a CSV file to.' })
  @Can('create', 'Upload')
  openUpload(@Caller() actor: Actor): Promise<Upload | RefusalType> {
    return this.uploads.open(actor);
  }

  @Query(() => Upload, { nullable: true })
  @Can('read', 'Upload')
  upload(@Caller() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<Upload | null> {
    return this.uploads.find(actor, id);
  }

  @Mutation(() => SourceResult)
  @Can('create', 'Source')
  async registerSource(
    @Caller() actor: Actor,
    @Args('input') input: RegisterSourceInput,
  ): Promise<Source | RefusalType> {
    const { uploadId, columns, subjectColumn, ...words } = input;
    const answer = await this.service.register(actor, uploadId, {
      ...words,
      subjectColumn: subjectColumn ?? null,
      columns: columns.map(({ name, type, missingMarkers, ...declared }) => ({
        ...{ name, type, missingMarkers },
        ...publicFacts(type, declared),
      })),
    });
    return answer instanceof Source ? answer : new RefusalType(answer);
  }

  @Mutation(() => SourceResult, {
    description:
      'Make the clinical rules of this installation a source of simulated lives, of tier STRUCTURAL.',
  })
  @Can('create', 'Source')
  async registerRules(
    @Caller() actor: Actor,
    @Args('input') input: RegisterRulesInput,
  ): Promise<Source | RefusalType> {
    const answer = await this.rules.register(actor, input);
    return answer instanceof Source ? answer : new RefusalType(answer);
  }

  @Query(() => [Source])
  @Can('read', 'Source')
  sources(): Promise<Source[]> {
    return this.service.list();
  }

  @Query(() => Source, { nullable: true })
  @Can('read', 'Source')
  source(@Args('id', { type: () => ID }) id: string): Promise<Source | null> {
    return this.service.find(id);
  }
}
