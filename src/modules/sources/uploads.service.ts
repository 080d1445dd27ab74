import { Inject, Injectable } from '@nestjs/common';
import type { CsvSummary } from '../../core/files/csv-validator.js';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, Jobs, RefusedError, refusal, Transactions } from '../platform/index.js';
import { Upload } from './upload.entity.js';

const openHours = 24;
const msPerHour = 3_600_000;

@Injectable()
export class UploadsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  open(actor: Actor): Promise<Upload> {
    return this.transactions.run(async (manager) => {
      const now = this.clock.now();
      const upload = await manager.save(
        manager.create(Upload, {
          openedById: actor.id,
          state: 'OPEN',
          createdAt: now,
          expiresAt: new Date(now.getTime() + openHours * msPerHour),
        }),
      );
      await this.audit.record(manager, {
        actor,
        action: 'open-upload',
        subjectType: 'Upload',
        subjectId: upload.id,
      });
      return upload;
    });
  }

  async find(actor: Actor, id: string): Promise<Upload | null> {
    const upload = await this.transactions.reader.findOneBy(Upload, { id });
    return upload && actor.may('read', upload) ? upload : null;
  }

  /** Keeps why a file was not taken; the upload stays open for a mended one. */
  async refuse(actor: Actor, id: string, problem: string): Promise<void> {
    await this.transactions.run(async (manager) => {
      await manager.update(Upload, { id, state: 'OPEN' }, { problem });
      await this.audit.record(manager, {
        actor,
        action: 'receive-upload',
        subjectType: 'Upload',
        subjectId: id,
        refusal: refusal('MALFORMED_FILE', problem),
      });
    });
  }

  /** @throws {RefusedError} when the upload is not this person's, or not open; that is on record then. */
  async requireOpen(actor: Actor, id: string): Promise<void> {
    const upload = await this.transactions.reader.findOneBy(Upload, { id });
    const refused = upload
      ? (actor.refuse('create', upload) ?? this.refuseState(upload))
      : refusal('NOT_FOUND', 'There is no such upload.');
    if (!refused) return;
    await this.audit.recordAlone({
      actor,
      action: 'receive-upload',
      subjectType: 'Upload',
      subjectId: id,
      refusal: refused,
    });
    throw new RefusedError(refused);
  }

  private refuseState(upload: Upload): ReturnType<typeof refusal> | null {
    if (upload.state !== 'OPEN')
      return refusal('WRONG_STATE', `The upload is ${upload.state}, no longer open.`);
    if (upload.expiresAt < this.clock.now())
      return refusal('WRONG_STATE', 'The upload has expired; open another.');
    return null;
  }

  /** The bytes are stored: the upload is taken further by the worker. */
  markReceived(actor: Actor, id: string, contentHash: string, summary: CsvSummary): Promise<Upload> {
    return this.transactions.run(async (manager) => {
      const upload = await manager.findOneOrFail(Upload, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      const refused = this.refuseState(upload);
      if (refused) throw new RefusedError(refused);
      upload.state = 'RECEIVED';
      upload.contentHash = contentHash;
      upload.bytes = String(summary.bytes);
      upload.rows = String(summary.rows);
      upload.columnNames = [...summary.columnNames];
      upload.problem = null;
      await manager.save(upload);
      await this.jobs.enqueue(manager, 'inspect', id, actor);
      const details = { contentHash, rows: summary.rows, columns: summary.columnNames.length };
      await this.audit.record(manager, {
        actor,
        action: 'receive-upload',
        subjectType: 'Upload',
        subjectId: id,
        details,
      });
      return upload;
    });
  }
}
