import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import {
  CLOCK,
  type CommitResult,
  type Job,
  type JobContext,
  type JobHandler,
  Transactions,
} from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { afterAttempt, type DeliveryOutcome } from './delivery.rules.js';
import { MailChannel } from './mail-channel.js';
import { Notification } from './notification.entity.js';
import { WebhookChannel } from './webhooks/webhook-channel.js';

/** Tries to deliver a notification, once. A later try is another job. */
@Injectable()
export class DeliverNotificationJob implements JobHandler {
  readonly kind = 'notify';

  constructor(
    private readonly transactions: Transactions,
    private readonly mail: MailChannel,
    private readonly webhooks: WebhookChannel,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  /** Killed between the delivery and the commit, it is delivered again under the same id. */
  async run({ job }: JobContext): Promise<CommitResult> {
    const notification = await this.transactions.reader.findOneBy(Notification, { id: job.subjectId });
    if (notification?.state !== 'PENDING') return () => Promise.resolve();
    const channel = notification.channel === 'webhook' ? this.webhooks : this.mail;
    const outcome = await channel.deliver(notification);
    return (manager) => this.conclude(manager, notification, outcome);
  }

  giveUp(manager: EntityManager, { subjectId: id }: Job, reason: string): Promise<void> {
    return this.change(manager, id, { state: 'FAILED', problem: reason, nextAttemptAt: null });
  }

  private conclude(
    manager: EntityManager,
    notification: Notification,
    outcome: DeliveryOutcome,
  ): Promise<void> {
    const { retrySeconds } = this.policy.notifications;
    const change = afterAttempt(notification, outcome, { retrySeconds, now: this.clock.now() });
    return this.change(manager, notification.id, change);
  }

  private async change(manager: EntityManager, id: string, change: Partial<Notification>): Promise<void> {
    await manager.update(Notification, { id, state: 'PENDING' }, change);
  }
}
