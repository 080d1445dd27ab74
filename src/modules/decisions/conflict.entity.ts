import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Why one person has no say in one request. The statement is for the person and for auditors. */
@Entity('conflict_of_interest')
export class ConflictOfInterest {
  static readonly subject = 'ConflictStatement';

  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  requestId!: string;

  @Column('uuid')
  personId!: string;

  @Column('text')
  statement!: string;

  /** The audit chain holds the hash of salt and statement: it binds the words without telling them. */
  @Column('text')
  statementSalt!: string;

  @Column('timestamptz')
  declaredAt!: Date;
}
