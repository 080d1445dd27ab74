export { ExtractFiles } from './extract-files.js';
export { InspectUploadJob } from './inspect-upload.job.js';
export { Source } from './source.entity.js';
export { SourceJobsModule, SourcesModule } from './sources.module.js';
