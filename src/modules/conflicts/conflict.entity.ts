import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What a conflict of interest is about: one of them. */
export type About =
  { readonly requestId: string } | { readonly mechanismId: string } | { readonly profileId: string };

/** Why one person has no say in one request, mechanism or profile. The statement is for the person and for auditors. */
@Entity('conflict_of_interest')
export class ConflictOfInterest {
  static readonly subject = 'ConflictStatement';

  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid', { nullable: true })
  requestId!: string | null;

  @Column('uuid', { nullable: true })
  mechanismId!: string | null;

  @Column('uuid', { nullable: true })
  profileId!: string | null;

  @Column('uuid')
  personId!: string;

  @Column('text')
  statement!: string;

  /** The audit chain holds the hash of salt and statement: it binds the words without telling them. */
  @Column('text')
  statementSalt!: string;

  @Column('timestamptz')
  declaredAt!: Date;

  /** Why the person says that it is none any longer. It counts until somebody else agrees. */
  @Column('text', { nullable: true })
  withdrawalReason!: string | null;

  @Column('uuid', { nullable: true })
  withdrawnById!: string | null;

  @Column('timestamptz', { nullable: true })
  withdrawnAt!: Date | null;
}
