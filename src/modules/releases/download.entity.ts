import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

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
