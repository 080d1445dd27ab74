import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AUDIT_OBSERVER, type AuditObserver } from '../audit/index.js';
import { Person } from '../identity/index.js';
import { Freeze } from '../freeze/index.js';
import { Incident } from '../incidents/index.js';
import { MailModule } from '../mail/index.js';
import { Mechanism } from '../mechanisms/index.js';
import { RequestClocks, RequestClocksModule } from '../reminders/index.js';
import { ReleaseRequest } from '../requests/index.js';
import { DeadLettersResolver } from './dead-letters.resolver.js';
import { DeadLettersService } from './dead-letters.service.js';
import { DeliverNotificationJob } from './deliver-notification.job.js';
import { InboxResolver } from './inbox.resolver.js';
import { InboxService } from './inbox.service.js';
import { MailChannel } from './mail-channel.js';
import { Notification } from './notification.entity.js';
import { NotificationOutbox } from './notification-outbox.js';
import { Recipients } from './recipients.js';
import { RetryNotifications } from './retry-notifications.sweep.js';
import { Subjects } from './subjects.js';
import { WebhookChannel } from './webhooks/webhook-channel.js';
import { Webhook } from './webhooks/webhook.entity.js';
import { WebhooksResolver } from './webhooks/webhooks.resolver.js';
import { WebhooksService } from './webhooks/webhooks.service.js';

const entities = [Notification, Webhook, Person, ReleaseRequest, Incident, Mechanism, Freeze];

/** What follows from every event, for each process that records any: first its clock, then who is told. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature(entities), RequestClocksModule],
  providers: [
    Subjects,
    Recipients,
    NotificationOutbox,
    {
      provide: AUDIT_OBSERVER,
      inject: [RequestClocks, NotificationOutbox],
      useFactory: (...observers: AuditObserver[]): AuditObserver => ({
        observe: async (manager, event) => {
          for (const observer of observers) await observer.observe(manager, event);
        },
      }),
    },
  ],
  exports: [AUDIT_OBSERVER, Subjects, Recipients],
})
export class NotificationOutboxModule {}

/** For the server. */
@Module({
  imports: [NotificationOutboxModule],
  providers: [
    InboxService,
    InboxResolver,
    WebhooksService,
    WebhooksResolver,
    DeadLettersService,
    DeadLettersResolver,
  ],
})
export class NotificationsModule {}

/** For the worker. */
@Module({
  imports: [NotificationOutboxModule, MailModule],
  providers: [MailChannel, WebhookChannel, DeliverNotificationJob, RetryNotifications],
  exports: [DeliverNotificationJob, RetryNotifications],
})
export class NotificationJobsModule {}
