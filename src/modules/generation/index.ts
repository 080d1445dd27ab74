export { Candidate, PackageFile } from './candidate.entity.js';
export { DestroyCandidateJob } from './destroy-candidate.job.js';
export { DestroyLeftovers } from './leftovers.sweep.js';
export { GenerateCandidateJob } from './generate-candidate.job.js';
export { GenerationJobsModule, GenerationModule } from './generation.module.js';
