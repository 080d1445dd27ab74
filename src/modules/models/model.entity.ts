import { Field, Float, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export const modelStates = ['RUNNING', 'READY', 'FAILED'] as const;
const ModelStateEnum = Object.fromEntries(modelStates.map((state) => [state, state]));
registerEnumType(ModelStateEnum, { name: 'ModelState' });

@ObjectType({ description: 'A column that is learned, and why the purpose needs it.' })
export class ModelledColumn {
  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly justification!: string;
}

/** What a generator learned from real rows. Its bytes stay in the real zone; only their hash is told. */
@ObjectType('Model')
@Entity('model')
export class SourceModel {
  static readonly subject = 'Model';

  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Field(() => ID)
  @Column('uuid')
  sourceId!: string;

  @Field(() => String)
  @Column('text')
  generator!: string;

  @Field(() => String)
  @Column('text')
  generatorVersion!: string;

  @Column('jsonb')
  parameters!: Record<string, unknown>;

  @Field(() => [ModelledColumn])
  @Column('jsonb')
  columns!: ModelledColumn[];

  /** Known to the worker alone: with the model it would tell what the next candidate holds. */
  @Column('text')
  seed!: string;

  @Field(() => ModelStateEnum)
  @Column('text')
  state!: (typeof modelStates)[number];

  @Field(() => String)
  @Column('text')
  policyHash!: string;

  @Field(() => String, { nullable: true, description: 'SHA-256 of its bytes.' })
  @Column('text', { nullable: true })
  hash!: string | null;

  @Column('bigint', { nullable: true })
  bytes!: string | null;

  @Column('bigint', { nullable: true })
  trainRows!: string | null;

  @Column('bigint', { nullable: true })
  holdoutRows!: string | null;

  /** Of the key that the halves of its people follow from; null of models from before there was one. */
  @Column('text', { nullable: true })
  splitKey!: string | null;

  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  problem!: string | null;

  @Column('uuid')
  requestedById!: string;

  @Field(() => Date)
  @Column('timestamptz')
  requestedAt!: Date;

  @Field(() => String, { name: 'parameters', description: 'JSON.' })
  get parametersJson(): string {
    return JSON.stringify(this.parameters);
  }

  @Field(() => Float, { name: 'trainRows', nullable: true, description: 'Real rows it was learned from.' })
  get trainRowCount(): number | null {
    return this.trainRows === null ? null : Number(this.trainRows);
  }

  @Field(() => Float, {
    name: 'holdoutRows',
    nullable: true,
    description: 'Real rows kept back to compare with.',
  })
  get holdoutRowCount(): number | null {
    return this.holdoutRows === null ? null : Number(this.holdoutRows);
  }
}
