import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A sanction: the person gets no release of tier HIGH while it lasts. */
@ObjectType()
@Entity('access_block')
export class AccessBlock {
  static readonly subject = 'AccessBlock';

  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Field(() => ID)
  @Column('uuid')
  personId!: string;

  @Field(() => String)
  @Column('text')
  reason!: string;

  @Column('uuid')
  blockedById!: string;

  @Field(() => Date)
  @Column('timestamptz')
  blockedAt!: Date;

  @Column('uuid', { nullable: true })
  liftedById!: string | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  liftedAt!: Date | null;
}
