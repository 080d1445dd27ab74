export { ExtractFiles } from './extract-files.js';
export { InspectUploadJob } from './inspect-upload.job.js';
export { Source } from './source.entity.js';
export { refuseWithoutRecords } from './source-kind.rules.js';
export { SourceRows, type SplitRows } from './source-rows.js';
export { SourceJobsModule, SourcesModule } from './sources.module.js';
