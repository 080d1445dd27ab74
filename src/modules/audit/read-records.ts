import { Injectable } from '@nestjs/common';
import type { RecordReads } from '../platform/index.js';
import { AuditService } from './audit.service.js';

/** What jobs have read of the real zone, the models and the quarantine: one event an end of a job. */
@Injectable()
export class ReadRecords {
  constructor(private readonly audit: AuditService) {}

  /** Purpose and subject are those of the job; on whose behalf: who asked for it, or null for the system itself. */
  readonly record: RecordReads = (manager, { id, kind, subjectId, askedById }, objects) =>
    this.audit.record(manager, {
      actor: 'system',
      action: 'read-objects',
      subjectType: 'Job',
      subjectId: id,
      details: { purpose: kind, purposeId: subjectId, onBehalfOf: askedById, objects },
    });
}
