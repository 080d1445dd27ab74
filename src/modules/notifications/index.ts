export { DeliverNotificationJob } from './deliver-notification.job.js';
export {
  NotificationJobsModule,
  NotificationOutboxModule,
  NotificationsModule,
} from './notifications.module.js';
export { RetryNotifications } from './retry-notifications.sweep.js';
