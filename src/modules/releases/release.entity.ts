import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Tier } from '../../generators/generator.js';
import { PackageFile } from '../generation/index.js';
import { TierEnum } from '../vocabulary/index.js';

/** A published candidate. */
@ObjectType()
@Entity('release')
export class Release {
  static readonly subject = 'Release';

  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  requestId!: string;

  @Column('uuid')
  requesterId!: string;

  @Field(() => String)
  @Column('text')
  title!: string;

  /** Of its request; the database keeps the two the same. */
  @Field(() => TierEnum)
  @Column('text')
  tier!: Tier;

  @Field(() => String, { description: 'SHA-256 of manifest.json, which names every file by hash.' })
  @Column('text')
  candidateHash!: string;

  /** Below the release root. */
  @Column('text')
  folder!: string;

  @Column('jsonb')
  files!: PackageFile[];

  @Field(() => Date)
  @Column('timestamptz')
  publishedAt!: Date;

  @Field(() => Date, { description: 'From then on it is no longer given out.' })
  @Column('timestamptz')
  expiresAt!: Date;

  @Field(() => String)
  @Column('text')
  policyHash!: string;

  @Field(() => ID, { nullable: true })
  @Column('uuid', { nullable: true })
  mechanismId!: string | null;
}
