import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A program that is told of every change of state of a request. */
@ObjectType()
@Entity('webhook')
export class Webhook {
  static readonly subject = 'Webhook';

  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Field(() => String)
  @Column('text')
  url!: string;

  @Field(() => String)
  @Column('text')
  description!: string;

  /** Each has another secret. */
  @Column('integer')
  secretVersion!: number;

  @Column('uuid')
  createdById!: string;

  @Field(() => Date)
  @Column('timestamptz')
  createdAt!: Date;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  disabledAt!: Date | null;
}
