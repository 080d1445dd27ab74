import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person accepted these very words. */
@Entity('licence_acceptance')
export class LicenceAcceptance {
  @PrimaryColumn('uuid')
  personId!: string;

  @PrimaryColumn('text')
  licenceHash!: string;

  @Column('text')
  licenceVersion!: string;

  @Column('timestamptz')
  acceptedAt!: Date;
}
