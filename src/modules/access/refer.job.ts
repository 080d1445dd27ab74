import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { IsNull } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import {
  CLOCK,
  type CommitResult,
  type Job,
  type JobContext,
  type JobHandler,
  makeSecretToken,
  Transactions,
} from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { AccessGrant } from './grant.entity.js';
import { referenceLetter } from './letters.js';
import { RefereeToken } from './referee-token.entity.js';
import { LetterPost } from './letter-post.js';
import { namesIn } from './names-in-letters.js';

const msPerHour = 3_600_000;

/** Writes to the referee. The token is made here, so that it is in the letter and, hashed, in its row: nowhere else. */
@Injectable()
export class ReferJob implements JobHandler {
  readonly kind = 'refer';

  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly post: LetterPost,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  async run({ job }: JobContext): Promise<CommitResult> {
    const { reader } = this.transactions;
    const grant = await reader.findOneByOrFail(AccessGrant, { id: job.subjectId });
    if (grant.state !== 'REQUESTED') return () => Promise.resolve();
    const { id, token, secretHash } = makeSecretToken();
    const sentAt = this.clock.now();
    const expiresAt = new Date(sentAt.getTime() + this.policy.access.refereeTokenHours * msPerHour);
    const { refereeName, refereeEmail, institution } = grant;
    const about = { refereeName, refereeEmail, institution, ...(await namesIn(reader, grant)) };
    await this.post.send(referenceLetter(about, token, expiresAt));
    return async (manager) => {
      // An earlier letter counts no longer: one question, one token.
      await manager.update(RefereeToken, { grantId: grant.id, spentAt: IsNull() }, { spentAt: sentAt });
      await manager.insert(RefereeToken, { id, grantId: grant.id, secretHash, sentAt, expiresAt });
      await this.record(manager, job, { tokenId: id, expiresAt: expiresAt.toISOString() });
    };
  }

  /** The application waits; its applicant can ask for another letter. */
  giveUp(manager: EntityManager, job: Job, reason: string): Promise<void> {
    return this.record(manager, job, { gaveUp: reason });
  }

  private record(manager: EntityManager, job: Job, details: object): Promise<void> {
    return this.audit.record(manager, {
      actor: 'system',
      action: 'write-to-referee',
      subjectType: 'AccessGrant',
      subjectId: job.subjectId,
      details,
    });
  }
}
