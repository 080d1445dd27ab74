import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What a program signs in with. Only the hash of the token is kept. */
@ObjectType()
@Entity('api_token')
export class ApiToken {
  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  personId!: string;

  @Field(() => String)
  @Column('text')
  name!: string;

  @Field(() => String, { description: 'How the token begins, to recognise it by.' })
  @Column('text')
  prefix!: string;

  @Column('text')
  tokenHash!: string;

  @Field(() => [String])
  @Column('text', { array: true })
  scopes!: string[];

  @Field(() => Date)
  @Column('timestamptz')
  createdAt!: Date;

  @Field(() => Date)
  @Column('timestamptz')
  expiresAt!: Date;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  revokedAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'To the minute.' })
  @Column('timestamptz', { nullable: true })
  lastUsedAt!: Date | null;
}
