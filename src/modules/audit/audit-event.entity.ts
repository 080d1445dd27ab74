import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AuditLink } from './audit.chain.js';

/** One link of the chain: something that happened, or was refused. */
@ObjectType()
@Entity('audit_event')
export class AuditEvent {
  @Field(() => ID)
  @PrimaryColumn('bigint')
  sequence!: string;

  @Field(() => Date)
  @Column('timestamptz')
  at!: Date;

  @Field(() => ID, { nullable: true })
  @Column('uuid', { nullable: true })
  actorId!: string | null;

  @Field(() => String)
  @Column('text')
  actorKind!: AuditLink['actorKind'];

  @Field(() => String)
  @Column('text')
  action!: string;

  @Field(() => String)
  @Column('text')
  subjectType!: string;

  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  subjectId!: string | null;

  @Field(() => String)
  @Column('text')
  outcome!: AuditLink['outcome'];

  @Column('jsonb')
  details!: object;

  @Field(() => String)
  @Column('text')
  previousHash!: string;

  @Field(() => String)
  @Column('text')
  hash!: string;

  @Field(() => String, { name: 'details', description: 'JSON.' })
  get detailsJson(): string {
    return JSON.stringify(this.details);
  }

  @Field(() => ID, {
    nullable: true,
    description: 'The API token that acted for the person; null: they were there in person. See `apiTokens`.',
  })
  get apiTokenId(): string | null {
    const { apiTokenId } = this.details as { readonly apiTokenId?: string };
    return apiTokenId ?? null;
  }

  toLink(): AuditLink {
    const {
      sequence,
      actorId,
      actorKind,
      action,
      subjectType,
      subjectId,
      outcome,
      details,
      previousHash,
      hash,
    } = this;
    const at = this.at.toISOString();
    return {
      sequence,
      at,
      actorId,
      actorKind,
      action,
      subjectType,
      subjectId,
      outcome,
      details,
      previousHash,
      hash,
    };
  }
}
