export { DeliverReleaseJob } from './deliver-release.job.js';
export { DeliveriesModule, DeliveryJobsModule } from './deliveries.module.js';
