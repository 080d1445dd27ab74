import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { inspectColumns } from '../../core/files/inspect-columns.js';
import { AuditService } from '../audit/index.js';
import {
  type CommitResult,
  type Job,
  type JobContext,
  type JobHandler,
  Transactions,
} from '../platform/index.js';
import { ExtractFiles } from './extract-files.js';
import { Upload } from './upload.entity.js';

/** Looks at a received file and proposes what its columns are. */
@Injectable()
export class InspectUploadJob implements JobHandler {
  readonly kind = 'inspect';

  constructor(
    private readonly transactions: Transactions,
    private readonly extracts: ExtractFiles,
    private readonly audit: AuditService,
  ) {}

  async run({ job, signal, progress }: JobContext): Promise<CommitResult> {
    const upload = await this.transactions.reader.findOneByOrFail(Upload, { id: job.subjectId });
    if (upload.state !== 'RECEIVED' || !upload.contentHash) return () => Promise.resolve();
    const proposal = await this.extracts.withExtract(
      upload.contentHash,
      upload.columnNames ?? [],
      (extract) => inspectColumns(extract.db, extract.parquetPath, { onProgress: progress, signal }),
    );
    return async (manager) => {
      await manager.update(Upload, { id: upload.id }, { state: 'INSPECTED', proposal });
      await this.record(manager, upload.id, { columns: proposal.length });
    };
  }

  async giveUp(manager: EntityManager, job: Job, reason: string): Promise<void> {
    await manager.update(Upload, { id: job.subjectId }, { state: 'REFUSED', problem: reason });
    await this.record(manager, job.subjectId, { gaveUp: reason });
  }

  private record(manager: EntityManager, id: string, details: object): Promise<void> {
    return this.audit.record(manager, {
      actor: 'system',
      action: 'inspect-upload',
      subjectType: 'Upload',
      subjectId: id,
      details,
    });
  }
}
