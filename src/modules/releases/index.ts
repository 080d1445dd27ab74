export { askForDestruction } from './destruction.js';
export { FhirDoor } from './fhir-door.js';
export { DownloadsService } from './downloads.service.js';
export { recordHandOver } from './hand-over.js';
export { PublishReleaseJob } from './publish-release.job.js';
export { Release } from './release.entity.js';
export { ReleaseJobsModule, ReleasesModule } from './releases.module.js';
