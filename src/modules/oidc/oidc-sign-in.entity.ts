import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A sign-in that is under way at the provider. It can be answered once, by the browser that began it. */
@Entity('oidc_sign_in')
export class OidcSignIn {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('text')
  stateHash!: string;

  /** Of the cookie. */
  @Column('text')
  browserHash!: string;

  @Column('text')
  nonce!: string;

  @Column('text')
  codeVerifier!: string;

  @Column('text')
  returnPath!: string;

  @Column('timestamptz')
  expiresAt!: Date;

  @Column('timestamptz', { nullable: true })
  usedAt!: Date | null;

  @Column('uuid', { nullable: true })
  personId!: string | null;

  /** Of the code that the browser exchanges for a session. */
  @Column('text', { nullable: true })
  handOverHash!: string | null;

  @Column('timestamptz', { nullable: true })
  redeemedAt!: Date | null;
}
