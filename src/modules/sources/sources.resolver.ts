import { Args, Field, ID, InputType, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { SemanticType } from '../../core/schema/schema.js';
import { type Actor, Caller } from '../identity/index.js';
import { Can, RefusalType, resultUnion } from '../platform/index.js';
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
}

@Resolver()
export class SourcesResolver {
  constructor(
    private readonly service: SourcesService,
    private readonly uploads: UploadsService,
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
    const { uploadId, ...registration } = input;
    const answer = await this.service.register(actor, uploadId, registration);
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
