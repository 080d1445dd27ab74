import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@ObjectType({ description: 'A file of a candidate or a release.' })
export class PackageFile {
  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly mediaType!: string;

  @Field(() => Float)
  readonly bytes!: number;

  @Field(() => String)
  readonly sha256!: string;
}

/** A generated dataset in quarantine. Nobody reads it; the checks do. */
@ObjectType()
@Entity('candidate')
export class Candidate {
  @PrimaryColumn('uuid')
  requestId!: string;

  @Field(() => Int)
  @PrimaryColumn('integer')
  attempt!: number;

  @Field(() => String, { description: 'SHA-256 of the manifest, which names every file by hash.' })
  @Column('text')
  hash!: string;

  @Field(() => String)
  @Column('text')
  seed!: string;

  @Field(() => String)
  @Column('text')
  mechanismHash!: string;

  @Field(() => String)
  @Column('text')
  policyHash!: string;

  @Field(() => Int)
  @Column('integer')
  rows!: number;

  /** The manifest is the last. */
  @Field(() => [PackageFile])
  @Column('jsonb')
  files!: PackageFile[];

  @Field(() => Date)
  @Column('timestamptz')
  generatedAt!: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'Since then its bytes are gone; what was found of it stays.',
  })
  @Column('timestamptz', { nullable: true })
  destroyedAt!: Date | null;
}
