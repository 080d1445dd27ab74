export { BuildProfileJob } from './build-profile.job.js';
export { SourceProfile } from './profile.entity.js';
export { ProfileJobsModule, ProfilesModule } from './profiles.module.js';
