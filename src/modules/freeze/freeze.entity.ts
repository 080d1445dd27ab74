import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { FreezeRecord } from './freeze.rules.js';

@ObjectType({
  description: 'While it lasts nothing is generated, published or given out, whatever release or mechanism.',
})
@Entity('general_freeze')
export class Freeze implements FreezeRecord {
  static readonly subject = 'Freeze';

  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Field(() => String)
  @Column({ type: 'text', update: false })
  reason!: string;

  @Column({ type: 'uuid', update: false })
  frozenById!: string;

  @Field(() => Date)
  @Column({ type: 'timestamptz', update: false })
  frozenAt!: Date;

  @Column('uuid', { nullable: true })
  thawAskedById!: string | null;

  @Field(() => Date, { nullable: true, description: 'One of the two people it takes has asked for its end.' })
  @Column('timestamptz', { nullable: true })
  thawAskedAt!: Date | null;

  @Column('uuid', { nullable: true })
  thawedById!: string | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  thawedAt!: Date | null;
}
