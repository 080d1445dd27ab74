import { Field, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** For one file, one person, one use, a few minutes. Only the hash of its token is kept. */
@Entity('download_link')
export class DownloadLink {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  secretHash!: string;

  @Column('uuid')
  releaseId!: string;

  @Column('uuid')
  personId!: string;

  @Column('text')
  file!: string;

  @Column('timestamptz')
  issuedAt!: Date;

  @Column('timestamptz')
  expiresAt!: Date;

  @Column('timestamptz', { nullable: true })
  spentAt!: Date | null;
}

@ObjectType({ description: 'Use it once, with your token, before it expires.' })
export class IssuedLink {
  @Field(() => String)
  readonly path: string;

  @Field(() => Date)
  readonly expiresAt: Date;

  constructor(path: string, expiresAt: Date) {
    this.path = path;
    this.expiresAt = expiresAt;
  }
}
