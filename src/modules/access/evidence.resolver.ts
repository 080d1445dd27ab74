import { Args, Field, ID, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Can, RefusalType, resultUnion, SignedIn } from '../platform/index.js';
import type { Licence } from '../policy/index.js';
import { AccessBlock } from './access-block.entity.js';
import { TrainingInput } from './application.input.js';
import { LicencesService } from './licences.service.js';
import { SanctionsService } from './sanctions.service.js';
import { Training } from './training.entity.js';
import { TrainingsService } from './trainings.service.js';

@ObjectType('Licence', { description: 'The terms of use in force for releases of tier HIGH.' })
export class LicenceType {
  @Field(() => String)
  readonly version: string;

  @Field(() => String, { description: 'SHA-256 of the text.' })
  readonly hash: string;

  @Field(() => String)
  readonly text: string;

  @Field(() => Boolean, { description: 'Did you accept this version?' })
  readonly accepted: boolean;

  constructor({ version, hash, text }: Licence, accepted: boolean) {
    this.version = version;
    this.hash = hash;
    this.text = text;
    this.accepted = accepted;
  }
}

const LicenceResult = resultUnion('LicenceResult', LicenceType);
const TrainingResult = resultUnion('TrainingResult', Training);
const BlockResult = resultUnion('AccessBlockResult', AccessBlock);

/** What a person brings along for every release: terms, training; and whether they are kept out. */
@Resolver()
export class EvidenceResolver {
  constructor(
    private readonly licences: LicencesService,
    private readonly trainings: TrainingsService,
    private readonly sanctions: SanctionsService,
  ) {}

  @Query(() => LicenceType)
  @SignedIn()
  async licence(@Caller() actor: Actor): Promise<LicenceType> {
    return new LicenceType(this.licences.inForce, await this.licences.isAccepted(actor));
  }

  @Mutation(() => LicenceResult, { description: 'Accept the terms; `hash` is of the text you have read.' })
  @Can('create', 'AccessGrant')
  async acceptLicence(
    @Caller() actor: Actor,
    @Args('hash', { type: () => String }) hash: string,
  ): Promise<LicenceType | RefusalType> {
    const answer = await this.licences.accept(actor, hash);
    return 'code' in answer ? new RefusalType(answer) : new LicenceType(answer, true);
  }

  @Query(() => [Training], { name: 'trainings', description: 'Newest first.' })
  @Can('read', 'Training')
  listTrainings(@Caller() actor: Actor): Promise<Training[]> {
    return this.trainings.list(actor);
  }

  @Mutation(() => TrainingResult, { description: 'A new certificate, such as a renewal.' })
  @Can('create', 'Training')
  async submitTraining(
    @Caller() actor: Actor,
    @Args('input') input: TrainingInput,
  ): Promise<Training | RefusalType> {
    const answer = await this.trainings.submit(actor, input);
    return answer instanceof Training ? answer : new RefusalType(answer);
  }

  @Mutation(() => TrainingResult, {
    description: 'Does the certificate count? Turning it down stops access.',
  })
  @Can('decide', 'Training')
  async decideTraining(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('isAccepted', { type: () => Boolean }) isAccepted: boolean,
  ): Promise<Training | RefusalType> {
    const answer = await this.trainings.decide(actor, id, isAccepted);
    return answer instanceof Training ? answer : new RefusalType(answer);
  }

  @Query(() => [AccessBlock], { description: 'Newest first.' })
  @Can('read', 'AccessBlock')
  accessBlocks(): Promise<AccessBlock[]> {
    return this.sanctions.list();
  }

  @Mutation(() => BlockResult, { description: 'Keep a person from every release of tier HIGH, at once.' })
  @Can('block', 'AccessBlock')
  async blockPerson(
    @Caller() actor: Actor,
    @Args('personId', { type: () => ID }) personId: string,
    @Args('reason', { type: () => String }) reason: string,
  ): Promise<AccessBlock | RefusalType> {
    const answer = await this.sanctions.block(actor, personId, reason);
    return answer instanceof AccessBlock ? answer : new RefusalType(answer);
  }

  @Mutation(() => BlockResult, { description: 'By another person than blocked.' })
  @Can('lift', 'AccessBlock')
  async liftBlock(
    @Caller() actor: Actor,
    @Args('personId', { type: () => ID }) personId: string,
    @Args('reason', { type: () => String }) reason: string,
  ): Promise<AccessBlock | RefusalType> {
    const answer = await this.sanctions.lift(actor, personId, reason);
    return answer instanceof AccessBlock ? answer : new RefusalType(answer);
  }
}
