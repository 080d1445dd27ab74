import {
  Args,
  ArgsType,
  Context,
  Field,
  ID,
  Mutation,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { documentMarkdown } from '../../exporters/document/document-markdown.js';
import { type Actor, Caller } from '../identity/index.js';
import {
  Batch,
  Can,
  type GraphqlContext,
  type Refusal,
  RefusalType,
  resultUnion,
} from '../platform/index.js';
import { ReleaseRequest } from '../requests/index.js';
import { assessmentHash } from './assessment-content.js';
import type { AssessmentChange } from './assessment-diff.js';
import { AssessmentChangeType, AssessmentQuestion, FactGroupType } from './assessment-parts.type.js';
import { AssessmentReading } from './assessment-reading.js';
import { AnswerType, Assessment, RiskType } from './assessment.entity.js';
import { openPoints } from './assessment.rules.js';
import { AssessmentsService } from './assessments.service.js';

const AssessmentResult = resultUnion('AssessmentResult', Assessment);

@ArgsType()
class AnswerArgs {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => [AnswerType], { defaultValue: [], description: 'They replace answers to the same questions.' })
  readonly answers!: AnswerType[];

  @Field(() => [RiskType], { nullable: true, description: 'All risks, when any change.' })
  readonly risks!: RiskType[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of the assessment you read; one that says something else by now is not written over.',
  })
  readonly hash!: string | null | undefined;
}

const answer = (result: Assessment | Refusal): Assessment | RefusalType =>
  result instanceof Assessment ? result : new RefusalType(result);

@Resolver(() => Assessment)
export class AssessmentsResolver {
  private readonly versions = new Batch((ids) => this.reading.ofRequests(ids));

  constructor(
    private readonly assessments: AssessmentsService,
    private readonly reading: AssessmentReading,
  ) {}

  @Query(() => Assessment, { nullable: true })
  @Can('read', 'Assessment')
  assessment(@Args('id', { type: () => ID }) id: string): Promise<Assessment | null> {
    return this.assessments.find(id);
  }

  @Mutation(() => AssessmentResult, {
    description: 'Fill in what the records say: into the draft there is, or into a new version.',
  })
  @Can('write', 'Assessment')
  async openAssessment(
    @Caller() actor: Actor,
    @Args('requestId', { type: () => ID }) requestId: string,
    @Args('forMechanism', { type: () => Boolean, defaultValue: false }) forMechanism: boolean,
  ): Promise<Assessment | RefusalType> {
    return answer(await this.assessments.open(actor, requestId, { forMechanism }));
  }

  @Mutation(() => AssessmentResult)
  @Can('write', 'Assessment')
  async answerAssessment(
    @Caller() actor: Actor,
    @Args() { id, answers, risks, hash }: AnswerArgs,
  ): Promise<Assessment | RefusalType> {
    const given = { answers, risks: risks ?? null, hash: hash ?? null };
    return answer(await this.assessments.answer(actor, id, given));
  }

  @Mutation(() => AssessmentResult, {
    description: 'Put your name to it; from then on it never changes. `hash` is that of what you read.',
  })
  @Can('sign', 'Assessment')
  async signAssessment(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('hash', { type: () => String }) hash: string,
  ): Promise<Assessment | RefusalType> {
    return answer(await this.assessments.sign(actor, id, hash));
  }

  @ResolveField(() => String, { description: 'SHA-256 of all it says, in canonical JSON.' })
  hash(@Parent() { content }: Assessment): string {
    return assessmentHash(content);
  }

  @ResolveField(() => [AssessmentQuestion])
  questions(@Parent() { questionSet }: Assessment): AssessmentQuestion[] {
    return questionSet.sections.flatMap(({ title, questions }) =>
      questions.map((question) => ({ ...question, section: title })),
    );
  }

  @ResolveField(() => [FactGroupType])
  facts(@Parent() { facts }: Assessment): FactGroupType[] {
    return facts;
  }

  @ResolveField(() => [RefusalType], { description: 'What keeps it from being signed.' })
  openPoints(@Parent() { content }: Assessment): RefusalType[] {
    return openPoints(content).map((point) => new RefusalType(point));
  }

  @ResolveField(() => Boolean, { description: 'A later version was signed.' })
  async isSuperseded(@Context() context: GraphqlContext, @Parent() assessment: Assessment): Promise<boolean> {
    return this.reading.isSuperseded(assessment, await this.versionsOf(context, assessment));
  }

  @ResolveField(() => [AssessmentChangeType], { description: 'Since the version before.' })
  async changes(
    @Context() context: GraphqlContext,
    @Parent() assessment: Assessment,
  ): Promise<AssessmentChange[]> {
    return this.reading.changesOf(assessment, await this.versionsOf(context, assessment));
  }

  @ResolveField(() => String, { description: 'As a document.' })
  async markdown(@Context() context: GraphqlContext, @Parent() assessment: Assessment): Promise<string> {
    return documentMarkdown(this.reading.documentOf(assessment, await this.versionsOf(context, assessment)));
  }

  private async versionsOf(context: GraphqlContext, { requestId }: Assessment): Promise<Assessment[]> {
    return (await this.versions.of(context, requestId)) ?? [];
  }
}

@Resolver(() => ReleaseRequest)
export class RequestAssessmentsResolver {
  private readonly own = new Batch((ids) => this.reading.ofRequests(ids));
  private readonly ofMechanism = new Batch((ids) => this.reading.ofMechanisms(ids));

  constructor(private readonly reading: AssessmentReading) {}

  @ResolveField(() => [Assessment], {
    description:
      'Of its candidates, and those that speak for its mechanism. Newest first; for those who may read them.',
  })
  async assessments(
    @Caller() actor: Actor,
    @Context() context: GraphqlContext,
    @Parent() { id, mechanismId }: ReleaseRequest,
  ): Promise<Assessment[]> {
    if (!actor.may('read', new Assessment())) return [];
    const [own, others] = await Promise.all([
      this.own.of(context, id),
      mechanismId === null ? null : this.ofMechanism.of(context, mechanismId),
    ]);
    const all = new Map([...(own ?? []), ...(others ?? [])].map((one) => [one.id, one]));
    return [...all.values()].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  }
}
