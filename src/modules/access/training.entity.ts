import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { type TrainingForm, type TrainingKind, trainingKinds } from './training.rules.js';

export const TrainingKindEnum = Object.fromEntries(trainingKinds.map((kind) => [kind, kind]));
registerEnumType(TrainingKindEnum, { name: 'TrainingKind' });

/** A certificate of training. It counts once information governance has accepted it, until it expires. */
@ObjectType()
@Entity('training')
export class Training implements TrainingForm {
  static readonly subject = 'Training';

  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Field(() => ID)
  @Column('uuid')
  personId!: string;

  @Field(() => TrainingKindEnum)
  @Column('text')
  kind!: TrainingKind;

  @Field(() => String)
  @Column('text')
  proofReference!: string;

  @Field(() => Date)
  @Column('timestamptz')
  issuedAt!: Date;

  @Field(() => Date)
  @Column('timestamptz')
  expiresAt!: Date;

  @Field(() => Date)
  @Column('timestamptz')
  submittedAt!: Date;

  @Column('uuid', { nullable: true })
  decidedById!: string | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  decidedAt!: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Null until information governance has looked at it.',
  })
  @Column('boolean', { nullable: true })
  isAccepted!: boolean | null;
}
