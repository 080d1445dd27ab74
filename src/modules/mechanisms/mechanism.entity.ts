import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { DisclosureControl } from '../../core/profile/profile.js';
import type { Tier } from '../../generators/generator.js';
import { TierEnum, type UseCase, UseCaseEnum } from '../vocabulary/index.js';

/** A generator with everything it is fed, pinned by hash. It never changes: a change is another mechanism. */
@ObjectType()
@Entity('mechanism')
export class Mechanism {
  static readonly subject = 'Mechanism';

  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Field(() => String)
  @Column('text')
  hash!: string;

  @Field(() => String)
  @Column('text')
  generator!: string;

  @Field(() => String)
  @Column('text')
  generatorVersion!: string;

  @Field(() => TierEnum)
  @Column('text')
  tier!: Tier;

  @Column('jsonb')
  parameters!: object;

  @Field(() => ID)
  @Column('uuid')
  profileId!: string;

  @Field(() => ID)
  @Column('uuid')
  sourceId!: string;

  @Field(() => String)
  @Column('text')
  profileHash!: string;

  @Column('jsonb')
  disclosureControl!: DisclosureControl;

  @Field(() => [UseCaseEnum])
  @Column('text', { array: true })
  permittedUses!: UseCase[];

  @Column('uuid')
  registeredById!: string;

  @Field(() => Date)
  @Column('timestamptz')
  registeredAt!: Date;

  @Field(() => String, { name: 'parameters', description: 'JSON.' })
  get parametersJson(): string {
    return JSON.stringify(this.parameters);
  }
}
