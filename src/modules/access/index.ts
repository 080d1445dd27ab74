export { AccessJobsModule, AccessModule, GrantsModule } from './access.module.js';
export { grantSweeps } from './grant.sweeps.js';
export { ReferJob } from './refer.job.js';
export { ReleaseAccess } from './release-access.js';
export { RemindJob } from './remind.job.js';
