import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person who has files of a recalled release, and whether they say that they destroyed them. */
@ObjectType()
@Entity('destruction')
export class Destruction {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  releaseId!: string;

  @Field(() => ID)
  @PrimaryColumn('uuid')
  personId!: string;

  @Field(() => Date)
  @Column('timestamptz')
  askedAt!: Date;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  confirmedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'In the words of the person.' })
  @Column('text', { nullable: true })
  statement!: string | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  overdueAt!: Date | null;
}
