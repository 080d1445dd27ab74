import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** Somebody got a file of a release: whom a recall has to reach. */
@Entity('download')
export class Download {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  releaseId!: string;

  @Column('uuid')
  personId!: string;

  @Column('text')
  file!: string;

  @Column('timestamptz')
  downloadedAt!: Date;
}

/** A person who has files of a recalled release, and whether they say that they destroyed them. */
@Entity('destruction')
export class Destruction {
  @PrimaryColumn('uuid')
  releaseId!: string;

  @PrimaryColumn('uuid')
  personId!: string;

  @Column('timestamptz')
  askedAt!: Date;

  @Column('timestamptz', { nullable: true })
  confirmedAt!: Date | null;
}
