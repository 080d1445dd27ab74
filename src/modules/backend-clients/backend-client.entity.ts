import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { PublicKey } from './key-set.rules.js';

/**
 * A program that signs in with a key of its own (SMART Backend Services) and speaks for one person: it may have what that person
 * may have, and nothing before the person has confirmed its keys.
 */
@ObjectType()
@Entity('backend_client')
export class BackendClient {
  static readonly subject = 'BackendClient';

  @Field(() => ID, { description: 'Its client_id.' })
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Field(() => String)
  @Column('text')
  name!: string;

  @Field(() => ID)
  @Column('uuid')
  personId!: string;

  /** A JWK Set of public keys, as it was registered. */
  @Column('jsonb')
  keySet!: { readonly keys: readonly PublicKey[] };

  @Field(() => ID)
  @Column('uuid')
  registeredById!: string;

  @Field(() => Date)
  @Column('timestamptz')
  registeredAt!: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'When its person took the keys for those of the program.',
  })
  @Column('timestamptz', { nullable: true })
  confirmedAt!: Date | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  revokedAt!: Date | null;
}
