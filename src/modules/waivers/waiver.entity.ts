import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** One person of the audit team lets one failed check pass, for a reason and for a time. It takes two. */
@ObjectType()
@Entity('waiver')
export class Waiver {
  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  requestId!: string;

  @Column('uuid')
  evaluationId!: string;

  @Field(() => String)
  @Column('text')
  checkName!: string;

  @Column('uuid')
  personId!: string;

  @Field(() => String)
  @Column('text')
  reason!: string;

  @Field(() => Date)
  @Column('timestamptz')
  expiresAt!: Date;

  @Field(() => Date)
  @Column('timestamptz')
  givenAt!: Date;

  @Field(() => ID, {
    nullable: true,
    description:
      'Of checks that ran again: the waiver, given for earlier checks of the same candidate, that still lasts.',
  })
  @Column('uuid', { nullable: true })
  carriedFromId!: string | null;
}
