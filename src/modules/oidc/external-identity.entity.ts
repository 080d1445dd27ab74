import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who somebody is at a provider. E-mail addresses change hands and are typed by anybody: they say nothing. */
@Entity('external_identity')
export class ExternalIdentity {
  @PrimaryColumn('text')
  issuer!: string;

  @PrimaryColumn('text')
  subject!: string;

  @Column('uuid')
  personId!: string;

  @Column('timestamptz')
  linkedAt!: Date;
}
