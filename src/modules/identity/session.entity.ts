import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A sign-in. Only the hash of its token is kept. */
@Entity('session')
export class SignInSession {
  @PrimaryColumn('text')
  tokenHash!: string;

  @Column('uuid')
  personId!: string;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz')
  expiresAt!: Date;

  @Column('timestamptz', { nullable: true })
  revokedAt!: Date | null;
}
