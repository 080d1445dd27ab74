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
import { ExtractFiles, type OpenExtract } from './extract-files.js';
import type { ExtractOverlap } from './matches/extract-overlap.entity.js';
import { ExtractSketches } from './matches/extract-sketches.js';
import { OverlapFinder } from './matches/overlap-finder.js';
import { sketchedColumns } from './matches/sketched-columns.js';
import { type ColumnProposalType, Upload } from './upload.entity.js';

/** Looks at a received file, proposes what its columns are, and finds whom it has in common with other extracts. */
@Injectable()
export class InspectUploadJob implements JobHandler {
  readonly kind = 'inspect';

  constructor(
    private readonly transactions: Transactions,
    private readonly extracts: ExtractFiles,
    private readonly sketches: ExtractSketches,
    private readonly overlaps: OverlapFinder,
    private readonly audit: AuditService,
  ) {}

  async run(context: JobContext): Promise<CommitResult> {
    const upload = await this.transactions.reader.findOneByOrFail(Upload, { id: context.job.subjectId });
    if (upload.state !== 'RECEIVED' || !upload.contentHash) return () => Promise.resolve();
    const { contentHash } = upload;
    const { proposal, found } = await this.extracts.withExtract(
      contentHash,
      upload.columnNames ?? [],
      (extract) => this.inspect(contentHash, extract, context),
    );
    return async (manager) => {
      await manager.update(Upload, { id: upload.id }, { state: 'INSPECTED', proposal });
      await this.overlaps.keep(manager, found);
      await this.record(manager, upload.id, { columns: proposal.length });
    };
  }

  private async inspect(
    contentHash: string,
    extract: OpenExtract,
    { signal, progress }: JobContext,
  ): Promise<{ proposal: ColumnProposalType[]; found: ExtractOverlap[] }> {
    const { db, parquetPath } = extract;
    const proposal = await inspectColumns(db, parquetPath, { onProgress: progress, signal });
    const all = proposal.map(({ name }) => name);
    await this.sketches.make(contentHash, sketchedColumns(all, proposal, []), { extract, signal });
    return { proposal, found: await this.overlaps.find(contentHash, signal) };
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
