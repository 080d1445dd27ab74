import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/index.js';
import {
  type CommitResult,
  type Job,
  type JobContext,
  type JobHandler,
  Transactions,
} from '../platform/index.js';
import { AccessGrant } from './grant.entity.js';
import { reminderLetter } from './letters.js';
import { namesIn } from './names-in-letters.js';
import { LetterPost } from './letter-post.js';

/** Tells the holder of a grant that it ends soon, or that what is due after its end is missing. */
@Injectable()
export class RemindJob implements JobHandler {
  readonly kind = 'remind';

  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly post: LetterPost,
  ) {}

  async run({ job }: JobContext): Promise<CommitResult> {
    const { reader } = this.transactions;
    const grant = await reader.findOneByOrFail(AccessGrant, { id: job.subjectId });
    const { release } = await namesIn(reader, grant);
    const { institutionalEmail: email, endsAt, noteDueAt } = grant;
    await this.post.send(reminderLetter({ email, release, endsAt, noteDueAt }));
    return (manager) => this.record(manager, job, {});
  }

  giveUp(manager: EntityManager, job: Job, reason: string): Promise<void> {
    return this.record(manager, job, { gaveUp: reason });
  }

  private record(manager: EntityManager, job: Job, details: object): Promise<void> {
    return this.audit.record(manager, {
      actor: 'system',
      action: 'remind-grant-holder',
      subjectType: 'AccessGrant',
      subjectId: job.subjectId,
      details,
    });
  }
}
