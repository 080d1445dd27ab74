import { Field, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a release rests on, sealed when it was published. It is never changed. */
@ObjectType({ description: 'What the release rests on, sealed when it was published.' })
@Entity('release_evidence')
export class ReleaseEvidence {
  @PrimaryColumn('uuid')
  releaseId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Canonical JSON (RFC 8785), with every figure and reason; null to who does not oversee releases.',
  })
  @Column('text')
  content!: string | null;

  @Field(() => String, { description: 'SHA-256 of the content; on record in the audit chain.' })
  @Column('text')
  hash!: string;
}
