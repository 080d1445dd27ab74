export { askForDestruction } from './destruction.js';
export { PublishReleaseJob } from './publish-release.job.js';
export { ReleaseJobsModule, ReleasesModule } from './releases.module.js';
