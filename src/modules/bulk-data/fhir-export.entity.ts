import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ExportRequest } from './export-request.rules.js';

/** An export that somebody started, until they have it forgotten or it lapses. */
@Entity('fhir_export')
export class FhirExport {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  releaseId!: string;

  @Column('uuid')
  personId!: string;

  @Column('jsonb')
  asked!: ExportRequest;

  @Column('timestamptz')
  expiresAt!: Date;
}
