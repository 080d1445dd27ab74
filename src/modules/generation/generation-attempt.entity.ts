import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One start of the generation of a request, whatever came of it. It is never changed. */
@Entity('generation_attempt')
export class GenerationAttempt {
  @PrimaryColumn('uuid')
  requestId!: string;

  @PrimaryColumn('integer')
  attempt!: number;

  @Column('text')
  mechanismHash!: string;

  @Column('text')
  seed!: string;

  /** By the program; otherwise the operator chose it. */
  @Column('boolean')
  isDrawn!: boolean;

  /** Why another candidate was needed; null for the first one. */
  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('timestamptz')
  startedAt!: Date;
}
