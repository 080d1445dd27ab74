import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** An approver lets another person decide in their stead, from one moment to another. */
@ObjectType()
@Entity('delegation')
export class Delegation {
  static readonly subject = 'Delegation';

  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Field(() => ID)
  @Column('uuid')
  delegatorId!: string;

  @Field(() => ID)
  @Column('uuid')
  delegateId!: string;

  @Field(() => String)
  @Column('text')
  reason!: string;

  @Field(() => Date)
  @Column('timestamptz')
  startsAt!: Date;

  @Field(() => Date)
  @Column('timestamptz')
  endsAt!: Date;

  @Field(() => Date)
  @Column('timestamptz')
  createdAt!: Date;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  revokedAt!: Date | null;

  @Column('uuid', { nullable: true })
  revokedById!: string | null;
}
