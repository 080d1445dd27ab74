import { Field, ID, InputType } from '@nestjs/graphql';
import type { Application } from './application.rules.js';
import { AccessDeclarationsType } from './grant.entity.js';
import { TrainingKindEnum } from './training.entity.js';
import type { TrainingForm, TrainingKind } from './training.rules.js';

@InputType()
export class TrainingInput implements TrainingForm {
  @Field(() => TrainingKindEnum)
  readonly kind!: TrainingKind;

  @Field(() => String, { description: 'Where the proof is found, such as the number of the certificate.' })
  readonly proofReference!: string;

  @Field(() => Date)
  readonly issuedAt!: Date;

  @Field(() => Date)
  readonly expiresAt!: Date;
}

@InputType()
export class AccessApplicationInput implements Application {
  @Field(() => ID)
  readonly releaseId!: string;

  @Field(() => String)
  readonly institution!: string;

  @Field(() => String, { description: 'Your address at the institution.' })
  readonly institutionalEmail!: string;

  @Field(() => String)
  readonly intendedUse!: string;

  @Field(() => AccessDeclarationsType)
  readonly declarations!: AccessDeclarationsType;

  @Field(() => [String], { defaultValue: [], description: 'Colleagues on the same work.' })
  readonly teamEmails!: string[];

  @Field(() => String)
  readonly refereeName!: string;

  @Field(() => String)
  readonly refereeEmail!: string;

  @Field(() => TrainingInput)
  readonly training!: TrainingInput;

  @Field(() => String, { description: 'Of the terms you have read and accept.' })
  readonly licenceHash!: string;
}
