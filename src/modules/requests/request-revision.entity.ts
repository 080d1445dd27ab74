import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { FormChange } from './form-diff.rules.js';

@ObjectType('FormChange', { description: 'A field of the form that changed; its values as JSON.' })
export class FormChangeType implements FormChange {
  @Field(() => String)
  readonly field!: string;

  @Field(() => String)
  readonly before!: string;

  @Field(() => String)
  readonly after!: string;
}

/** The form as it was submitted once. It is never changed. */
@ObjectType()
@Entity('request_revision')
export class RequestRevision {
  @PrimaryColumn('uuid')
  requestId!: string;

  @Field(() => Int)
  @PrimaryColumn('integer')
  revision!: number;

  @Column('jsonb')
  form!: object;

  @Field(() => [FormChangeType], { description: 'Since the revision before.' })
  @Column('jsonb')
  changes!: FormChangeType[];

  @Field(() => Date)
  @Column('timestamptz')
  submittedAt!: Date;
}
