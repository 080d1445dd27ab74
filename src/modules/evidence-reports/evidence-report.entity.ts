import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Report } from '../../evaluation/report/report.js';

/** What an evaluation found in full: distributions, associations, attacks, each figure with its yardstick. */
@ObjectType()
@Entity('evidence_report')
export class EvidenceReport {
  static readonly subject = 'EvidenceReport';

  @Field(() => ID)
  @PrimaryColumn('uuid')
  evaluationId!: string;

  /** JSON, as it is handed out. */
  @Column('text')
  content!: string;

  @Field(() => String, { description: 'SHA-256 of the report as JSON.' })
  @Column('text')
  hash!: string;

  @Field(() => Date)
  @Column('timestamptz')
  madeAt!: Date;

  get report(): Report {
    return JSON.parse(this.content) as Report;
  }
}
